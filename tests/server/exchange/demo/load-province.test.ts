import path from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { connect } from '#db/client.ts';
import { verifyCycles } from '#lib/server/assessments/closing/verify-cycles.ts';
import { getOverview } from '#lib/server/completion/queries.ts';
import { bringInLibrary } from '#lib/server/courses/bring-in-library.ts';
import '#lib/server/jobs/subscriptions.ts';
import { loadProvince, type Province } from '#lib/server/exchange/demo/load-province.ts';
import { type Context, platformActor } from '#lib/server/platform/context.ts';
import { roles } from '#lib/server/platform/roles.ts';
import { type Answer, scoreAnswer } from '#lib/server/questions/score-answer.ts';
import type { AskedQuestion } from '#lib/server/questions/stored-question.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import { as } from '#tests/factories/units.ts';
import { openClone, test as base, testNow } from '../../../setup/test.ts';

const people = 600;
const courses = path.resolve(import.meta.dirname, '../../../../courses');

async function load(ctx: Context): Promise<Province> {
	await bringInLibrary(ctx, courses, { ifChanged: true });
	return loadProvince(ctx, { people });
}

/** One province for all tests of this file, in a database of theirs; each looks at it in its own transaction. */
const test = base
	.extend('client', { scope: 'worker' }, async ({}, { onCleanup }) => {
		const client = await openClone();
		onCleanup(() => client.end());
		return client;
	})
	.extend('province', { scope: 'worker' }, async ({ client }) =>
		load({ db: connect(client), actor: platformActor, now: testNow })
	);

const rowsOf = async <Row extends object>({ db }: Context, query: string): Promise<Row[]> =>
	(await db.execute(sql.raw(query))).rows as Row[];

/** The single number that a query counts. */
const countOf = async (ctx: Context, query: string) =>
	Number((await rowsOf<{ count: string }>(ctx, `select count(*) from ${query}`))[0]?.count);

/** What the province says, without ids: the same province says the same. */
async function digestOf(ctx: Context): Promise<unknown> {
	const facts = {
		units: `select u.code, u.name, u.path::text, u.closed_on from units u order by code`,
		people: `select p.staff_number, p.name, p.title, p.rank, p.left_on, u.code from people p join units u on u.id = p.unit_id order by 1`,
		posts: `select p.staff_number, o.starts_on, o.kind, o.title, u.code from posts o join people p on p.id = o.person_id join units u on u.id = o.unit_id order by 1, 2, 3, 4, 5`,
		duties: `select p.staff_number, c.slug, o.due_on, o.started_at, o.completed_at from obligations o join people p on p.id = o.person_id join courses c on c.id = o.course_id order by 1, 2, 3, 4, 5`,
		answers: `select p.staff_number, l.slug, k.number, k.opened_at, q.position, q.response::text from mastery_check_questions q join mastery_checks k on k.id = q.check_id join lessons l on l.id = k.lesson_id join people p on p.id = k.person_id order by 1, 2, 3, 4, 5`,
		results: `select p.staff_number, r.year, r.score, r.band from assessment_results r join people p on p.id = r.person_id order by 1, 2`,
		notices: `select p.staff_number, n.kind, n.created_at, regexp_replace(n.href, '[0-9a-f-]{36}', '') as href from notifications n join people p on p.id = n.person_id order by 1, 2, 3, 4`,
		exams: `select e.title, p.staff_number, c.status, c.score, c.outcome from exam_candidates c join exams e on e.id = c.exam_id join people p on p.id = c.person_id order by 1, 2`,
		events: `select e.title, e.state, e.starts_at, p.staff_number, t.state as answer, t.outcome, t.hours from event_participants t join events e on e.id = t.event_id join people p on p.id = t.person_id order by 1, 3, 4`
	};
	const digests: Record<string, unknown> = {};
	for (const [name, fact] of Object.entries(facts)) {
		const [row] = await rowsOf<{ md5: string }>(ctx, `select md5(string_agg(fact::text, ';')) from (${fact}) fact`);
		digests[name] = row?.md5;
	}
	return digests;
}

test('the same day and number make the same province', async ({ province, ctx, freshDatabase }) => {
	const again = await freshDatabase();
	const second = await load(again.ctx);
	expect(second.people).toBe(province.people);
	expect(await digestOf(again.ctx)).toEqual(await digestOf(ctx));
	expect(second.signIns.map(({ password }) => password)).not.toEqual(province.signIns.map(({ password }) => password));
}, 60_000);

test('refuses a database that holds units', async ({ province, ctx }) => {
	expect(province.people).toBe(people);
	await expect(loadProvince(ctx)).rejects.toThrow('needs an empty one');
});

test('there is one sign-in for each role, and it opens', async ({ province, ctx }) => {
	expect(province.signIns.map(({ role }) => role)).toEqual([...roles]);
	for (const { role, account, password } of province.signIns) {
		const entry = await signIn(ctx, { account, password, remember: false, address: '192.0.2.1', userAgent: '' });
		if (!('session' in entry)) throw new Error(`${account} did not get in`);
		const held = await rowsOf<{ role: string }>(
			ctx,
			`select role from grants where person_id = '${entry.session.userId}'`
		);
		if (role !== 'learner') expect(held.map((grant) => grant.role)).toContain(role);
	}
});

test('gives certificates for a course, classes and exams, one of them revoked; and a record that was looked at', async ({
	province,
	ctx
}) => {
	expect(province.people).toBe(people);
	for (const kind of ['course', 'class', 'exam'])
		expect(await countOf(ctx, `certificates where kind = '${kind}'`)).toBeGreaterThan(0);
	expect(await countOf(ctx, `certificates where revoked_ground = 'decided'`)).toBe(1);
	expect(
		await countOf(
			ctx,
			`certificate_serials s where last <> (select count(*) from certificates c where (c.template_id, c.year) = (s.template_id, s.year))`
		)
	).toBe(0);
	expect(await countOf(ctx, 'record_looks')).toBe(2);
	expect(await countOf(ctx, `record_corrections where state = 'asked'`)).toBe(1);
});

describe('on the roster', () => {
	test.for([
		[
			'has nobody without a unit and a post of today',
			`people p where status = 'active' and not exists (select 1 from posts o where o.person_id = p.id and o."primary" and o.unit_id = p.unit_id and o.ends_on is null)`
		],
		[
			'says of people what their post says',
			`people p join posts o on o.person_id = p.id and o."primary" and o.ends_on is null where (p.title, p.rank, p.leadership_level) is distinct from (o.title, o.rank, o.leadership_level)`
		],
		[
			'has no post that goes on after leaving',
			`people p join posts o on o.person_id = p.id where p.left_on is not null and (o.ends_on is null or o.ends_on > p.left_on)`
		],
		['has no post before joining', `people p join posts o on o.person_id = p.id where o.starts_on < p.joined_on`],
		[
			'has no unit that is empty',
			`units u where closed_on is null and not exists (select 1 from people p where p.unit_id = u.id)`
		],
		[
			'has no unit off its parent',
			`units u join units above on above.id = u.parent_id where u.path <> above.path || subpath(u.path, -1)`
		],
		['has nobody without a way in', `people p where not exists (select 1 from accounts a where a.person_id = p.id)`]
	] as const)('%s', async ([, query], { province, ctx }) => {
		expect(province.people).toBe(people);
		expect(await countOf(ctx, query)).toBe(0);
	});

	test('shows a tree with eleven cities and a hundred counties, a renamed unit and a merged one', async ({
		province,
		ctx
	}) => {
		expect(province.units).toBeGreaterThan(200);
		expect(await countOf(ctx, `units where kind = 'city'`)).toBe(11);
		expect(await countOf(ctx, `units where kind = 'county'`)).toBe(100);
		expect(await countOf(ctx, `unit_periods where closing = 'merged'`)).toBe(1);
		expect(await countOf(ctx, `(select unit_id from unit_periods group by 1 having count(*) > 1) renamed`)).toBe(1);
	});

	test('shows a pyramid of leading posts, with retired people, transfers and posts beside', async ({
		ctx,
		province
	}) => {
		expect(province.people).toBe(people);
		const levels = await rowsOf<{ count: string }>(
			ctx,
			`select count(*) from people where leadership_level is not null group by leadership_level order by leadership_level`
		);
		expect(levels).toHaveLength(6);
		for (const query of [
			`people where status = 'retired'`,
			`posts where kind = 'transfer'`,
			`posts where not "primary"`
		]) {
			expect(await countOf(ctx, query)).toBeGreaterThan(0);
		}
	});
});

describe('in what people did', () => {
	test.for([
		[
			'passes a check with enough right answers, and only then',
			`mastery_checks where status <> 'open' and (status = 'passed') <> (correct >= pass)`
		],
		[
			'counts the right answers of a try',
			`mastery_checks k where status <> 'open' and correct <> (select count(*) from mastery_check_questions q where q.check_id = k.id and q.correct)`
		],
		[
			'completes a lesson by a passed try',
			`lesson_completions d join mastery_checks k on k.id = d.check_id where k.status <> 'passed' or k.person_id <> d.person_id or k.lesson_id <> d.lesson_id`
		],
		[
			'completes a course with its last lesson',
			`course_completions c where completed_at <> (select max(d.completed_at) from lesson_completions d join lessons l on l.id = d.lesson_id where d.person_id = c.person_id and l.course_id = c.course_id)`
		],
		[
			'completes a course with all lessons',
			`course_completions c where (select count(*) from lessons l where l.course_id = c.course_id and l.archived_at is null) <> (select count(*) from lesson_completions d join lessons l on l.id = d.lesson_id where d.person_id = c.person_id and l.course_id = c.course_id)`
		],
		[
			'grants the hours of a completed course once',
			`course_completions c join course_versions v on v.id = c.course_version_id where not exists (select 1 from hour_entries h where h.person_id = c.person_id and h.source_id = c.course_id and h.hours = v.hours and h.at = c.completed_at)`
		],
		[
			'counts a completion for the unit of its day',
			`course_completions c join posts o on o.person_id = c.person_id and o."primary" and o.starts_on <= (c.completed_at at time zone 'Asia/Shanghai')::date and (o.ends_on is null or o.ends_on > (c.completed_at at time zone 'Asia/Shanghai')::date) where o.unit_id <> c.unit_id`
		],
		[
			'closes a duty by its evidence',
			`obligations o left join course_completions c on c.id = o.completion_id where (o.completed_at is distinct from c.completed_at or o.person_id <> c.person_id or o.course_id <> c.course_id) and o.kind = 'course'`
		],
		[
			'leaves no duty open that has been done',
			`obligations o join course_completions c on c.person_id = o.person_id and c.course_id = o.course_id where o.completed_at is null and o.withdrawn_at is null and o.programme_assignment_id is null`
		],
		[
			'happens in the past',
			`mastery_checks where opened_at > timestamptz '${testNow.toISOString()}' or submitted_at > timestamptz '${testNow.toISOString()}'`
		],
		[
			'ends with leaving',
			`obligations o join people p on p.id = o.person_id where p.status <> 'active' and o.completed_at is null and o.withdrawn_at is null`
		]
	] as const)('%s', async ([, query], { province, ctx }) => {
		expect(province.people).toBe(people);
		expect(await countOf(ctx, query)).toBe(0);
	});

	test('marks answers as the platform would', async ({ province, ctx }) => {
		expect(province.people).toBe(people);
		const answers = await rowsOf<{
			content: AskedQuestion;
			response: Answer | null;
			parameters: Record<string, number> | null;
			correct: boolean;
		}>(
			ctx,
			`select v.content, q.response, q.parameters, q.correct from mastery_check_questions q join question_versions v on v.id = q.question_version_id where q.correct is not null order by q.check_id, q.position limit 3000`
		);
		expect(answers).toHaveLength(3_000);
		const wrong = answers.filter(
			({ content, response, parameters, correct }) =>
				scoreAnswer(content, response ?? undefined, parameters ?? {}) !== correct
		);
		expect(wrong).toEqual([]);
	});
});

test('duties are in every state', async ({ province, ctx }) => {
	expect(province.people).toBe(people);
	const states = await rowsOf<{ state: string }>(
		ctx,
		`select distinct obligation_state(completed_at, withdrawn_at, exempt_at, started_at, opens_on, due_on, expires_on, '2026-11-23') as state from obligations order by 1`
	);
	expect(states.map(({ state }) => state)).toEqual([
		...['completed', 'exempt', 'in-progress', 'open', 'overdue', 'withdrawn']
	]);
});

test('newly promoted leaders are overdue, due soon, done and under way', async ({ province, ctx }) => {
	expect(province.people).toBe(people);
	expect(await countOf(ctx, `promotions where completed_at is null and due_on < '2026-11-23'`)).toBeGreaterThan(0);
	expect(
		await countOf(ctx, `promotions where completed_at is null and due_on between '2026-11-23' and '2027-02-21'`)
	).toBeGreaterThan(0);
	expect(await countOf(ctx, `promotions where completed_at is null and due_on > '2027-02-21'`)).toBeGreaterThan(0);
	expect(await countOf(ctx, `promotions where completed_at is not null`)).toBeGreaterThan(0);
	expect(
		await countOf(
			ctx,
			`promotions c join posts o on o.id = c.post_id where o.kind <> 'promotion' or o.leadership_level is null`
		)
	).toBe(0);
});

test('programmes come round, are owed and met; exemptions are asked for, granted and refused', async ({
	province,
	ctx
}) => {
	expect(province.people).toBe(people);
	const recurrences = await rowsOf<{ recurrence: string }>(
		ctx,
		`select distinct v.recurrence from programme_assignments a join programmes p on p.id = a.programme_id join programme_versions v on v.id = p.current_version_id`
	);
	expect(new Set(recurrences.map(({ recurrence }) => recurrence))).toEqual(
		new Set(['once', 'yearly', 'after-completion'])
	);
	for (const kind of ['course', 'hours', 'event', 'electives'])
		expect(
			await countOf(ctx, `obligations where programme_assignment_id is not null and kind = '${kind}'`),
			kind
		).toBeGreaterThan(0);
	expect(
		await countOf(ctx, `obligations where programme_assignment_id is not null and completed_at is not null`)
	).toBeGreaterThan(0);
	const states = await rowsOf<{ state: string }>(ctx, `select distinct state from exemptions`);
	expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['asked', 'approved', 'refused']));
	expect(await countOf(ctx, `promotion_requirements where requirement_id is not null`)).toBeGreaterThan(0);
	const events = await rowsOf<{ state: string }>(ctx, `select distinct state from events`);
	expect(new Set(events.map(({ state }) => state))).toEqual(
		new Set(['planned', 'open', 'held', 'closed', 'cancelled'])
	);
});

test('last year is closed, with adjustments and amendments; this year’s is with the units', async ({
	province,
	ctx
}) => {
	expect(province.people).toBe(people);
	const cycles = await rowsOf<{ year: number; state: string }>(
		ctx,
		`select year, state from assessment_cycles order by year`
	);
	expect(cycles).toEqual([
		{ year: 2025, state: 'closed' },
		{ year: 2026, state: 'unit-review' }
	]);
	expect(await verifyCycles(ctx)).toMatchObject([{ year: 2025, holds: true, differing: 0 }]);
	expect(await countOf(ctx, `assessment_adjustments`)).toBeGreaterThan(0);
	expect(await countOf(ctx, `assessment_amendments`)).toBeGreaterThan(0);
	expect(await countOf(ctx, `annual_grades where grade = 'excellent'`)).toBeGreaterThan(0);
	expect(await countOf(ctx, `assessment_reviews where submitted_at is null`)).toBeGreaterThan(0);
});

test('last year is reported and scored, this year is being written', async ({ province, ctx }) => {
	expect(province.units).toBeGreaterThan(0);
	const states = await rowsOf<{ year: number; state: string; count: string }>(
		ctx,
		`select c.year, r.state, count(*) from unit_reports r join report_cycles c on c.id = r.cycle_id group by 1, 2 order by 1, 2`
	);
	expect(states.map(({ year, state }) => `${year} ${state}`)).toEqual([
		'2025 accepted',
		'2026 not-started',
		'2026 draft'
	]);
	expect(await countOf(ctx, `report_decisions where decision = 'returned'`)).toBe(1);
	expect(await countOf(ctx, `report_versions where (submitted_at at time zone 'Asia/Shanghai')::date > due_on`)).toBe(
		2
	);
	expect(await countOf(ctx, `plan_items where asks is not null`)).toBe(32);
	const sheets = await rowsOf<{ state: string }>(ctx, `select distinct state from indicator_sheets order by 1`);
	expect(sheets.map(({ state }) => state)).toEqual(['open', 'handed-in', 'verified']);
	expect(await countOf(ctx, `inspection_findings where answered_at is null`)).toBe(1);
});

test('the figures of the overview equal a plain count', async ({ province, ctx }) => {
	expect(province.people).toBe(people);
	const [root] = await rowsOf<{ id: string; path: string }>(
		ctx,
		`select id, path::text from units where parent_id is null`
	);
	const leader = as(ctx, 'nobody', { role: 'leader', unit: root as never });
	const { total } = await getOverview(leader, root!.id, { year: 2026 });
	const [plain] = await rowsOf(
		ctx,
		`select count(*)::int as due, count(*) filter (where open is null)::int as completed, count(*) filter (where open < '2026-11-23')::int as overdue
		from (select unit_id, person_id, min(due_on) filter (where completed_at is null and exempt_at is null) as open from obligations
			where withdrawn_at is null and due_on between '2026-01-01' and '2026-12-31' group by 1, 2 having not bool_and(exempt_at is not null)) people`
	);
	expect(total).toMatchObject(plain!);
	expect(total.due).toBeGreaterThan(people / 2);
});

test('every table behind a page holds something', async ({ province, ctx }) => {
	expect(province.people).toBe(people);
	for (const table of [
		'assignments',
		'assignment_targets',
		'notifications',
		'reading_positions',
		'lesson_notes',
		'audit_entries',
		'completion_rollups',
		'exam_answers',
		'promotion_requirements',
		'programme_requirements', // of the newly promoted leaders' programme, among others
		'programme_assignments',
		'exemptions',
		'event_participants',
		'external_trainings',
		'bulk_acts',
		'promotion_postponements',
		'event_presence_changes',
		'calendar_days'
	]) {
		expect(await countOf(ctx, table), table).toBeGreaterThan(0);
	}
	expect(await countOf(ctx, `mastery_checks where status = 'open'`)).toBeGreaterThan(0);
	const outcomes = await rowsOf<{ outcome: string }>(
		ctx,
		`select distinct outcome from exam_candidates c join exams e on e.id = c.exam_id where e.state = 'released' and outcome is not null`
	);
	expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['passed', 'failed', 'absent']));
	expect(await countOf(ctx, `exam_candidates where status = 'exempt'`)).toBe(1);
	expect(
		await countOf(ctx, `exams where state = 'published' and '2026-11-23T02:00Z' between opens_at and closes_at`)
	).toBe(1);
	expect(await countOf(ctx, `exams where state = 'published' and opens_at > '2026-11-23T02:00Z'`)).toBe(1);
	const kinds = await rowsOf<{ kind: string }>(ctx, `select distinct kind from notifications`);
	expect(kinds.map(({ kind }) => kind)).toEqual(
		expect.arrayContaining(['digest', 'promotion_opened', 'reminded', 'extended', 'result_published'])
	);
});
