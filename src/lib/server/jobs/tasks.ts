import { chainEntries } from '../audit/chain-entries.ts';
import { refreshRollups } from '../completion/refresh-rollups.ts';
import { completeFinishedCourses } from '../courses/complete-finished-courses.ts';
import { closeExams } from '../exams/close-exams.ts';
import { preparePapers } from '../exams/prepare-papers.ts';
import { submitDue } from '../exams/sitting/submit-due.ts';
import { workOutStatistics } from '../exams/statistics/work-out.ts';
import { tellOfEndedLoans } from '../notifications/tell-deputies.ts';
import { applyDuePosts } from '../people/apply-due-posts.ts';
import { commitImport } from '../people/roster/commit-import.ts';
import { discardForgotten } from '../people/roster/discard-import.ts';
import { readImport } from '../people/roster/read-import.ts';
import { resumeImports } from '../people/roster/resume-imports.ts';
import type { Context } from '../platform/context.ts';
import { discardForgottenQuestions } from '../questions/exchange/kept-imports.ts';
import { endOverExemptions } from '../programmes/exemptions/end-exemption.ts';
import { reconcileAll, reconcileMarked } from '../programmes/requirements/mark-dirty.ts';
import { deliverDigests } from '../programmes/reminders/deliver-digests.ts';
import { findReminders } from '../programmes/reminders/find-reminders.ts';
import { mailDigest } from '../programmes/reminders/mail-digest.ts';
import { mailLink } from '../sessions/mail-link.ts';
import { tidyUp } from '../sessions/tidy-up.ts';
import { remindOfReports } from '../unit-reports/remind-of-reports.ts';
import { applyDueChanges } from '../units/apply-due-changes.ts';

/** A job: gets a context of the platform and what was queued with it. */
export type Task = (ctx: Context, payload: Record<string, unknown>) => Promise<unknown>;

/** Everything that runs on its own, by the name under which it is queued. Each calls one command. */
export const tasks: Record<string, Task> = {
	'audit.chain': (ctx) => chainEntries(ctx),
	'completion.refresh': (ctx) => refreshRollups(ctx),
	'courses.complete-finished': (ctx) => completeFinishedCourses(ctx),
	'exams.close': (ctx) => closeExams(ctx),
	'exams.prepare-papers': (ctx, { examId }) => preparePapers(ctx, String(examId)),
	'exams.statistics': (ctx, { examId }) => workOutStatistics(ctx, String(examId)),
	'exams.submit-due': (ctx) => submitDue(ctx),
	'sessions.mail-link': (ctx, { personId }) => mailLink(ctx, personId as string | null),
	'sessions.tidy-up': (ctx) => tidyUp(ctx),
	'units.apply-due-changes': (ctx) => applyDueChanges(ctx),
	'people.apply-due-posts': (ctx) => applyDuePosts(ctx),
	'people.read-roster': (ctx, { importId }) => readImport(ctx, String(importId)),
	'people.commit-roster': (ctx, { importId }) => commitImport(ctx, String(importId)),
	'people.resume-rosters': (ctx) => resumeImports(ctx),
	'people.discard-forgotten-rosters': (ctx) => discardForgotten(ctx),
	'questions.discard-forgotten-imports': (ctx) => discardForgottenQuestions(ctx),
	'notifications.tell-ended-loans': (ctx) => tellOfEndedLoans(ctx),
	'programmes.end-exemptions': (ctx) => endOverExemptions(ctx),
	'programmes.reconcile': (ctx) => reconcileMarked(ctx),
	'programmes.reconcile-all': (ctx) => reconcileAll(ctx),
	'programmes.remind': async (ctx) => {
		await findReminders(ctx);
		await deliverDigests(ctx);
	},
	'programmes.mail-digest': (ctx, { digestId }) => mailDigest(ctx, String(digestId)),
	'unit-reports.remind': (ctx) => remindOfReports(ctx)
};

/** What runs every day, shortly after midnight in the configured zone, and once at start; each may run twice without harm. */
export const dailyTasks: string[] = [
	'sessions.tidy-up',
	'units.apply-due-changes',
	'people.apply-due-posts',
	'people.discard-forgotten-rosters',
	'questions.discard-forgotten-imports',
	'programmes.end-exemptions',
	'programmes.reconcile-all',
	'notifications.tell-ended-loans',
	'unit-reports.remind'
];

/** What runs every minute. */
export const minuteTasks: string[] = [
	'audit.chain',
	'exams.submit-due',
	'exams.close',
	'people.resume-rosters',
	'programmes.remind'
];
