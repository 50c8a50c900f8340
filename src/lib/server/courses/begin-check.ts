import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, DomainError, notFound } from '../platform/errors.ts';
import { newId, newSecret } from '../platform/ids.ts';
import {
	type CheckedLesson,
	getCheckedLesson,
	type LessonAddress,
	listOwnTries,
	listPool,
	readLastAsked,
	readRound,
	type Try
} from './check-queries.ts';
import { drawQuestions } from './draw-questions.ts';
import { pauseUntil } from './pause-rule.ts';
import { startCourse } from './start-course.ts';

/**
 * Opens a try at the check of a lesson and gives its id. The try that is open already is the one to go on with, with the
 * questions that it drew: neither leaving nor another tab draws anew.
 * @throws conflict check.already-passed | check.no-questions, too-many check.paused, not-found lesson.not-found
 */
export function beginCheck(ctx: SignedIn, address: LessonAddress): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const lesson = await getCheckedLesson(ctx, address);
		for (;;) {
			const tries = await listOwnTries(ctx, lesson.id);
			const open = tries.find(({ status }) => status === 'open');
			if (open) return open.id;

			const round = await readRound(ctx, lesson.courseId);
			demandReady(
				ctx,
				lesson,
				tries.filter((each) => each.round === round)
			);
			const opened = await openTry(ctx, lesson, tries, round);
			if (opened) return opened; // else another tab was quicker: look again
		}
	});
}

function demandReady({ now }: SignedIn, lesson: CheckedLesson, tries: Try[]): void {
	if (tries.some(({ status }) => status === 'passed')) throw conflict('check.already-passed');
	if (lesson.archived) throw notFound('lesson');

	const until = pauseOf(tries);
	if (until && now < until) {
		const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
		const values = { seconds, minutes: Math.ceil(seconds / 60), until: until.toISOString() };
		throw new DomainError('too-many', 'check.paused', { values });
	}
}

/** Until when no further try can be opened, by these. */
export function pauseOf(tries: Try[]): Date | null {
	return pauseUntil(
		tries.flatMap(({ status, submittedAt }) => (status === 'failed' && submittedAt ? [submittedAt] : []))
	);
}

async function openTry(ctx: SignedIn, lesson: CheckedLesson, tries: Try[], round: number): Promise<string | undefined> {
	const drawn = drawQuestions({
		pool: await listPool(ctx, lesson.id),
		lastAsked: await readLastAsked(ctx, tries),
		count: lesson.draw,
		today: dateOf(ctx.now),
		seed: newSecret()
	});
	if (drawn.length === 0) throw conflict('check.no-questions');
	await startCourse(ctx, lesson.courseId);

	const values = {
		id: newId(),
		personId: ctx.actor.personId,
		lessonId: lesson.id,
		lessonVersionId: lesson.versionId,
		number: (tries[0]?.number ?? 0) + 1,
		round,
		pass: Math.min(lesson.pass, drawn.length), // a pool that has shrunk must still be passable
		openedAt: ctx.now
	};
	const [opened] = await ctx.db
		.insert(masteryChecks)
		.values(values)
		.onConflictDoNothing()
		.returning({ id: masteryChecks.id });
	if (!opened) return undefined;

	const rows = drawn.map((question, index) => ({ ...question, checkId: opened.id, position: index + 1 }));
	await ctx.db.insert(masteryCheckQuestions).values(rows);
	return opened.id;
}
