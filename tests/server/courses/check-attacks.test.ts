import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { courseCompletions, lessonCompletions, masteryChecks } from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { listPinnedQuestions } from '#lib/server/courses/check-queries.ts';
import { saveAnswer } from '#lib/server/courses/save-answer.ts';
import { submitCheck } from '#lib/server/courses/submit-check.ts';
import { scoreAnswer } from '#lib/server/questions/score-answer.ts';
import { addressOf, answerAll, answersTo, aTry, later } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test, type FreshDatabase } from '#tests/setup/test.ts';

/** Somebody who opens tabs, on a database where they meet each other. */
async function anAttacker({ ctx: base }: FreshDatabase, lessons = 1) {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons })];
	return { base, ctx: as(base, person.id), course };
}
const times = <Result>(count: number, act: (index: number) => Promise<Result>) =>
	Promise.all(Array.from({ length: count }, (_, index) => act(index)));

test('tabs opened at once share one try and one draw', async ({ freshDatabase }) => {
	const { base, ctx, course } = await anAttacker(await freshDatabase());
	const opened = await times(8, () => beginCheck(ctx, addressOf(course)));

	expect(new Set(opened).size).toBe(1);
	expect(await base.db.select().from(masteryChecks)).toHaveLength(1);
	expect(await listPinnedQuestions(ctx, opened[0]!)).toHaveLength(6);
});

test('handed in from many tabs at once, a try is marked, completed and granted once', async ({ freshDatabase }) => {
	const { base, ctx, course } = await anAttacker(await freshDatabase());
	const checkId = await beginCheck(ctx, addressOf(course));
	await answerAll(ctx, checkId);

	const outcomes = await times(8, (index) => submitCheck(later(ctx, index), { checkId, unanswered: 0 }));
	expect(new Set(outcomes)).toEqual(new Set(['passed']));
	for (const table of [lessonCompletions, courseCompletions, hourEntries])
		expect(await base.db.select().from(table)).toHaveLength(1);
	const actions = await base.db.select({ action: auditEntries.action }).from(auditEntries);
	expect(actions.map(({ action }) => action).toSorted()).toEqual(['check.passed', 'course.completed']);
});

test('the last two lessons, passed at the same moment, complete the course once', async ({ freshDatabase }) => {
	const { base, ctx, course } = await anAttacker(await freshDatabase(), 4);
	const checks = await Promise.all(course.lessons.map((lesson) => beginCheck(ctx, addressOf(course, lesson))));
	for (const checkId of checks) await answerAll(ctx, checkId);

	await Promise.all(checks.map((checkId) => submitCheck(ctx, { checkId, unanswered: 0 })));
	expect(await base.db.select().from(lessonCompletions)).toHaveLength(4);
	for (const table of [courseCompletions, hourEntries]) expect(await base.db.select().from(table)).toHaveLength(1);
});

test('answers that arrive while a try is being marked are either marked or refused', async ({ freshDatabase }) => {
	const { base, ctx, course } = await anAttacker(await freshDatabase());
	for (let round = 0; round < 5; round++) {
		const now = later(ctx, round * 60 * 25);
		const checkId = await beginCheck(now, addressOf(course));
		const right = await answersTo(now, checkId);
		await answerAll(now, checkId, { wrong: 6 });

		const saves = right.map((each) =>
			saveAnswer(now, { checkId, ...each }).then(
				() => 'saved',
				({ code }) => code
			)
		);
		const [outcome, ...results] = await Promise.all([submitCheck(now, { checkId, unanswered: 0 }), ...saves]);
		expect(new Set([...results, 'saved', 'check.closed'])).toEqual(new Set(['saved', 'check.closed']));

		const marked = await listPinnedQuestions(base, checkId);
		for (const { content, response, parameters, correct } of marked) {
			expect(correct).toBe(scoreAnswer(content, response ?? undefined, parameters ?? {}));
		}
		expect(results.filter((result) => result === 'saved')).toHaveLength(marked.filter(({ correct }) => correct).length);
		if (outcome === 'passed') return;
	}
});

test('a pause is not dodged by tabs that begin while the second failure is handed in', async ({ freshDatabase }) => {
	const { base, ctx, course } = await anAttacker(await freshDatabase());
	await aTry(ctx, addressOf(course), { wrong: 6 });
	const checkId = await beginCheck(later(ctx, 1), addressOf(course));
	await answerAll(later(ctx, 1), checkId, { wrong: 6 });

	const begins = times(6, () => beginCheck(later(ctx, 2), addressOf(course)).catch(({ code }) => code));
	await submitCheck(later(ctx, 2), { checkId, unanswered: 0 });
	for (const result of await begins) expect([checkId, 'check.paused']).toContain(result);

	expect(await base.db.select().from(masteryChecks).where(eq(masteryChecks.status, 'open'))).toEqual([]);
	await expect(beginCheck(later(ctx, 3), addressOf(course))).rejects.toThrow('check.paused');
});

test('what was marked cannot be changed behind the back of the house', async ({ freshDatabase }) => {
	const { base, ctx, course } = await anAttacker(await freshDatabase());
	const { checkId } = await aTry(ctx, addressOf(course), { wrong: 6 });
	const change = base.db.execute(`update mastery_check_questions set correct = true where check_id = '${checkId}'`);
	await expect(change).rejects.toThrow();
	await expect(
		base.db.execute(`update mastery_checks set status = 'passed', correct = 6 where id = '${checkId}'`)
	).rejects.toThrow();
});
