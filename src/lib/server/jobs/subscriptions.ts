import { followExam } from '../assessments/follow-exam.ts';
import { markOnCourse as markCertificates, markOnDuties, markOnOutcome, markOnRelease } from '../certificates/mark.ts';
import { markDirty } from '../completion/refresh-rollups.ts';
import { markStale } from '../exams/statistics/mark-stale.ts';
import { followMerger, undoMerger } from '../people/follow-merger.ts';
import { tellOfLoan, tellOfReturn } from '../notifications/tell-deputies.ts';
import { keepCheckAnswers, keepReleasedAnswers } from '../practice/follow-facts.ts';
import { coverNewDuties } from '../programmes/exemptions/cover-duties.ts';
import { closeOnCompletion, moveWithPeople, startOnReading, withdrawOnLeaving } from '../programmes/follow-facts.ts';
import {
	markAudiences,
	markCorrected,
	markMoved,
	markOnCourse,
	markPosts,
	markUnit
} from '../programmes/requirements/mark-dirty.ts';
import {
	settleCourse,
	settleExam,
	settleReleased,
	settleAttendance,
	settleHours
} from '../programmes/requirements/follow-evidence.ts';
import { openCases } from '../promotions/open-cases.ts';
import { settleOnCourse, settleOnOutcome, settleOnRelease } from '../promotions/settle-cases.ts';
import { endLoansOfLeaving } from '../units/end-loans.ts';
import { subscribe } from '../platform/announce.ts';

/*
 * Who hears which fact, in one list. A subscriber runs in the transaction of the one who announces.
 * Importing this file wires the house.
 */
subscribe('unit.merged', followMerger);
subscribe('unit.merger-cancelled', undoMerger);
subscribe('people.moved', moveWithPeople);
subscribe('people.left', withdrawOnLeaving);
subscribe('people.left', endLoansOfLeaving);
subscribe('role.lent', tellOfLoan);
subscribe('role.returned', tellOfReturn);
subscribe('people.moved', markMoved);
subscribe('people.corrected', markCorrected);
subscribe('posts.recorded', markPosts);
subscribe('unit.moved', markUnit);
subscribe('audience.changed', markAudiences);
subscribe('lesson.started', startOnReading);
subscribe('lesson.completed', keepCheckAnswers);
subscribe('course.completed', closeOnCompletion);
subscribe('course.completed', settleCourse);
subscribe('course.completed', markOnCourse);
subscribe('course.completed', settleOnCourse);
subscribe('exam.settled', settleExam);
subscribe('attempts.released', settleReleased);
subscribe('attendance.settled', settleAttendance);
subscribe('hours.changed', settleHours);
subscribe('exam.settled', settleOnOutcome);
subscribe('attempts.released', settleOnRelease);
subscribe('attendance.settled', settleOnOutcome);
subscribe('hours.changed', settleOnOutcome);
subscribe('equivalent.changed', settleOnOutcome);
subscribe('posts.recorded', openCases);
// Before the figures: what is exempt from its first moment is never counted as due.
subscribe('obligations.changed', coverNewDuties);
subscribe('obligations.changed', markDirty);
subscribe('attempts.released', keepReleasedAnswers);
subscribe('exam.settled', markStale);
subscribe('course.completed', markCertificates);
subscribe('exam.settled', markOnOutcome);
subscribe('exam.settled', followExam);
subscribe('exam.rescored', followExam);
subscribe('attempts.released', markOnRelease);
subscribe('attendance.settled', markOnOutcome);
subscribe('hours.changed', markOnOutcome);
subscribe('obligations.changed', markOnDuties);
