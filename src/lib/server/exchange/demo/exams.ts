import { and, asc, eq, isNull } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { questions, questionVersions } from '#db/schema/questions.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { addTargets } from '../../exams/add-targets.ts';
import { closeExams } from '../../exams/close-exams.ts';
import { createExam } from '../../exams/create-exam.ts';
import { editExam } from '../../exams/edit-exam.ts';
import { exemptCandidate } from '../../exams/exempt-candidate.ts';
import { releaseExam } from '../../exams/marking/release-exam.ts';
import { preparePapers } from '../../exams/prepare-papers.ts';
import { publishExam } from '../../exams/publish-exam.ts';
import { listPapers } from '../../exams/queries.ts';
import { setSection } from '../../exams/set-section.ts';
import { saveAnswer } from '../../exams/sitting/save-answer.ts';
import { startAttempt } from '../../exams/sitting/start-attempt.ts';
import { submitAttempt } from '../../exams/sitting/submit-attempt.ts';
import { submitDue } from '../../exams/sitting/submit-due.ts';
import { type Context, platformActor, type SignedIn } from '../../platform/context.ts';
import { localTimeOf } from '../../platform/dates.ts';
import { asShown } from '../../questions/shown-letters.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { rightAnswer, wrongAnswers } from './answers.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';

/** What the exams of the demo need to know of the province. */
export interface Halls {
	/** The legal division, which sets exams up. */
	legal: SignedIn;
	rootId: string;
	/** The city whose people have sat, and the county whose people are sitting. */
	cityId: string;
	countyId: string;
	/** Sits the exams that are still open, to be seen in the demo. */
	learnerId: string;
	calendar: Calendar;
	chance: Chance;
}

const minute = 60_000;

/**
 * Three exams by the domain's own commands, open-book from the questions of the courses: one that a city sat last month, with
 * its results; one that a county is sitting; one to come for the leaders of divisions.
 */
export async function holdExams(halls: Halls): Promise<void> {
	await holdLastMonth(halls);
	await holdNow(halls);
	await announceNext(halls);
}

interface Plan {
	title: string;
	unitId: string;
	opens: Date;
	closes: Date;
	minutes: number;
	/** Questions of each kind, all worth the same. */
	single: number;
	trueFalse: number;
	multiple: number;
	points: number;
	/** Everybody is asked the same; drawn anew for each person otherwise. */
	same?: Chance;
}

/** Sets an exam up as the legal division would, on the instant of `legal`. @returns id of the draft */
async function setUp(legal: SignedIn, plan: Plan): Promise<string> {
	const { title, unitId, minutes, points } = plan;
	const window = { opensAt: localTimeOf(plan.opens), closesAt: localTimeOf(plan.closes) };
	const examId = await createExam(legal, { unitId, kind: 'exam', title, ...window, minutes, closedBook: false });
	await editExam(legal, { examId, version: 1, purpose: 'general', title, ...window, minutes, ...rules });
	const [paper] = await listPapers(legal, examId);
	const parts = [
		{ title: '单项选择题', kind: 'single' as const, count: plan.single },
		{ title: '判断题', kind: 'true-false' as const, count: plan.trueFalse },
		{ title: '多项选择题', kind: 'multiple' as const, count: plan.multiple }
	];
	for (const part of parts) {
		const codes = plan.same ? plan.same.shuffled(await listCodes(legal, part.kind)).slice(0, part.count) : [];
		const chosen = { ...anything, codes, fixed: plan.same !== undefined, unseenFirst: true };
		await setSection(legal, { examId, paperId: paper!.id, ...part, points, ...chosen });
	}
	return examId;
}

/** Codes of the questions of a kind that the courses brought along. */
async function listCodes({ db }: Context, kind: 'single' | 'true-false' | 'multiple'): Promise<string[]> {
	const rows = await db
		.select({ code: questions.code })
		.from(questions)
		.where(
			and(
				eq(questions.kind, kind),
				isNull(questions.caseId),
				isNull(questions.archivedAt),
				isNull(questions.usableFrom),
				isNull(questions.usableUntil)
			)
		)
		.orderBy(asc(questions.code));
	return rows.map(({ code }) => code);
}

const rules = {
	instructions: '开卷考试，可以查阅法律条文和课程；请独立作答。到时自动交卷。',
	entryMinutes: null,
	attempts: 1,
	counting: 'best' as const,
	waitMinutes: 0,
	passMark: 60,
	excellentMark: 90,
	closedBook: false,
	shuffleQuestions: true,
	shuffleOptions: true,
	layout: 'one-page' as const,
	multipleScoring: 'all-or-nothing' as const,
	reviewNow: 'nothing' as const,
	reviewAfterAttempt: 'nothing' as const,
	reviewAfterClose: 'explanations' as const,
	accessCode: null,
	addressRanges: [],
	oneDevice: true,
	onSite: false,
	secondMarkerShare: 0,
	markerDifference: 3
};

const anything = {
	chosen: [],
	statutes: [],
	chapters: [],
	articles: '',
	difficultyFrom: null,
	difficultyTo: null,
	tags: [],
	topic: ''
};

const named = {
	subtree: true,
	ranks: [],
	levels: [],
	personIds: [] as string[],
	unitIds: [] as string[],
	staffNumbers: ''
};

async function holdLastMonth({ legal, rootId, cityId, calendar, chance }: Halls): Promise<void> {
	const day = calendar.workday(-32);
	const at = (days: number, hour: number): SignedIn => ({ ...legal, now: calendar.instant(day + days, hour) });
	const [opens, closes] = [calendar.instant(day, 9), calendar.instant(day, 12)];
	const examId = await setUp(at(-12, 10), {
		title: '劳动合同与社会保险法律知识考试',
		unitId: rootId,
		opens,
		closes,
		minutes: 60,
		single: 6,
		trueFalse: 2,
		multiple: 2,
		points: 10,
		same: chance
	});
	await addTargets(at(-12, 11), { ...named, examId, unitIds: [cityId] });
	await publishExam(at(-12, 15), examId);
	const platform = { ...legal, actor: platformActor };
	await preparePapers({ ...platform, now: calendar.instant(day - 12, 15) }, examId);

	const candidates = await listSitting(legal, examId);
	const [exempt, ...due] = candidates;
	if (exempt) await exemptCandidate(at(-3, 10), { examId, personId: exempt, because: '产假期间。' });
	for (const personId of due) {
		if (chance.happens(0.05)) continue;
		await sit(legal, { examId, personId, starts: new Date(opens.getTime() + chance.between(0, 80) * minute), chance });
	}
	await submitDue({ ...platform, now: new Date(closes.getTime() + 5 * minute) });
	await closeExams({ ...platform, now: new Date(closes.getTime() + 6 * minute) });
	await releaseExam(at(3, 16), examId);
}

async function holdNow({ legal, rootId, countyId, learnerId, calendar, chance }: Halls): Promise<void> {
	const opens = calendar.workday(-3);
	const at = (day: number, hour: number): SignedIn => ({ ...legal, now: calendar.instant(day, hour) });
	const examId = await setUp(at(opens - 9, 10), {
		title: '窗口服务常用法规测试',
		unitId: rootId,
		opens: calendar.instant(opens, 9),
		closes: calendar.instant(7, 17),
		minutes: 45,
		single: 12,
		trueFalse: 8,
		multiple: 5,
		points: 4
	});
	await addTargets(at(opens - 9, 11), { ...named, examId, unitIds: [countyId], personIds: [learnerId] });
	await publishExam(at(opens - 8, 9), examId);
	await preparePapers({ ...legal, actor: platformActor, now: calendar.instant(opens - 8, 9) }, examId);
	for (const personId of await listSitting(legal, examId)) {
		if (personId === learnerId || chance.happens(0.55)) continue;
		const starts = new Date(calendar.instant(opens, 9).getTime() + chance.between(0, 400) * minute);
		await sit(legal, { examId, personId, starts, chance });
	}
}

async function announceNext({ legal, rootId, learnerId, calendar }: Halls): Promise<void> {
	const day = calendar.workday(18);
	const at = (days: number, hour: number): SignedIn => ({ ...legal, now: calendar.instant(days, hour) });
	const examId = await setUp(at(-4, 10), {
		title: `${calendar.date(day).slice(0, 4)}年度法律知识考试`,
		unitId: rootId,
		opens: calendar.instant(day, 9),
		closes: calendar.instant(day, 11),
		minutes: 90,
		single: 25,
		trueFalse: 10,
		multiple: 15,
		points: 2
	});
	const levels = ['division-chief', 'division-deputy'] as const;
	await addTargets(at(-4, 11), { ...named, examId, unitIds: [rootId], levels: [...levels], personIds: [learnerId] });
	await publishExam(at(-3, 10), examId);
}

/** Whoever is due to sit, in an order that every database has. */
async function listSitting({ db }: Context, examId: string): Promise<string[]> {
	const rows = await db
		.select({ personId: examCandidates.personId })
		.from(examCandidates)
		.innerJoin(people, eq(people.id, examCandidates.personId))
		.where(and(eq(examCandidates.examId, examId), eq(examCandidates.status, 'due')))
		.orderBy(asc(people.staffNumber));
	return rows.map(({ personId }) => personId);
}

interface Sitting {
	examId: string;
	personId: string;
	starts: Date;
	chance: Chance;
}

/** One sitting from start to hand-in: some know more, some less, and a few leave the last questions or the hand-in to the clock. */
async function sit(base: Context, { examId, personId, starts, chance }: Sitting): Promise<void> {
	const at = (minutes: number): SignedIn => ({
		...base,
		now: new Date(starts.getTime() + minutes * minute),
		actor: { personId, unitPath: null, grants: [] }
	});
	const writer = `demo-${personId.slice(-8)}`;
	const attemptId = await startAttempt(at(0), { examId, writer, address: '127.0.0.1' });
	const slots = await base.db
		.select({ answer: examAnswers, content: questionVersions.content })
		.from(examAnswers)
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.where(eq(examAnswers.attemptId, attemptId))
		.orderBy(asc(examAnswers.slot));
	const skill = 0.55 + chance.draw() * 0.43;
	const pace = 0.8 + chance.draw() * 0.9;
	const left = chance.happens(0.08) ? chance.between(1, 3) : 0;

	for (const [place, { answer, content }] of slots.entries()) {
		const knows = chance.happens(skill);
		const turn = chance.draw();
		if (place >= slots.length - left) continue;
		const question = content as AskedQuestion;
		const parameters = answer.parameters ?? {};
		const wrong = wrongAnswers(question, parameters);
		const stated = knows ? rightAnswer(question, parameters) : wrong[Math.floor(turn * wrong.length)]!;
		await saveAnswer(at((place + 1) * pace), {
			attemptId,
			slot: answer.slot,
			revision: 1,
			writer,
			response: asShown(stated, answer.optionOrder) as GivenAnswer
		});
	}
	if (!chance.happens(0.03)) await submitAttempt(at((slots.length + 1) * pace), attemptId);
}
