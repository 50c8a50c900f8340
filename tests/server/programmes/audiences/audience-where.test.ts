import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect } from 'vitest';
import { people, posts } from '#db/schema/people.ts';
import { audienceRule } from '#lib/schemas/audiences.ts';
import { establishments, leadershipLevels, personStatuses, postKinds, ranks } from '#lib/schemas/people.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { audienceOfAll, audienceWhere } from '#lib/server/programmes/audiences/audience-where.ts';
import { explain, type ExplainedNode } from '#lib/server/programmes/audiences/explain-membership.ts';
import { belongs } from '#lib/server/programmes/audiences/holds.ts';
import { readProfiles } from '#lib/server/programmes/audiences/read-profiles.ts';
import { aPeopleList, aRule, type World } from '#tests/factories/audiences.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { aUnit, theProvince, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** People of every kind in a small tree, the same on every run. */
async function aWorld(ctx: Context): Promise<World & { units: Unit[] }> {
	const province = await theProvince(ctx);
	const [city, other] = [await aUnit(ctx), await aUnit(ctx)];
	const county = await aUnit(ctx, { below: city });
	const units = [province, city, other, county];
	const courses = [await aCourse(ctx, { lessons: 1 }), await aCourse(ctx, { lessons: 1 })];
	const crowd: Person[] = [];
	const pick = <Value>(values: readonly Value[], at: number) => values[at % values.length]!;
	for (let at = 0; at < 48; at++) {
		const status = pick([...Array(5).fill('active'), ...personStatuses] as const, at * 5);
		const person = await aPerson(ctx, {
			unit: pick(units, at * 7),
			title: pick(['科员', '处长', 'Head of section', '100%_到岗\\'], at * 3),
			leadershipLevel: pick([null, null, ...leadershipLevels], at),
			rank: pick([null, ...ranks], at * 2),
			establishment: pick([null, ...establishments], at * 11),
			status,
			leftOn: status === 'active' ? null : '2026-06-01',
			joinedOn: pick([null, '2025-12-23', '2025-11-23', '2026-11-23', '2026-02-28', '2027-01-01'], at * 7)
		});
		crowd.push(person);
		if (at % 3 === 0) {
			await ctx.db
				.insert(posts)
				.values({
					id: newId(),
					personId: person.id,
					unitId: person.unitId!,
					title: '代理',
					kind: pick(postKinds, at),
					primary: false,
					startsOn: pick(['2025-12-23', '2026-03-01', '2026-11-23', '2026-11-24', '2026-05-23'], at),
					createdAt: ctx.now
				})
				.onConflictDoNothing();
		}
		if (at % 4 === 1) await aCompletion(ctx, { person, course: pick(courses, at) });
	}
	const lists = [
		await aPeopleList(ctx, { members: crowd.filter((_, at) => at % 5 === 2) }),
		await aPeopleList(ctx, { members: [] })
	];
	const ids = (things: { id: string }[]) => things.map(({ id }) => id);
	return { units, unitIds: ids(units), personIds: ids(crowd), courseIds: ids(courses), listIds: ids(lists) };
}

/** What a part must come to, given its own parts. */
const agrees = ({ node, holds, parts }: ExplainedNode): boolean =>
	parts.every(agrees) &&
	('all' in node
		? holds === parts.every((part) => part.holds)
		: 'any' in node
			? holds === parts.some((part) => part.holds)
			: 'not' in node
				? holds !== parts[0]!.holds
				: parts.length === 0);

test('says of everybody what the plain evaluation says, and the explanation agrees with both', async ({ ctx }) => {
	const world = await aWorld(ctx);
	const profiles = await readProfiles(ctx, world.personIds);
	const today = dateOf(ctx.now);
	expect(profiles).toHaveLength(world.personIds.length);

	await fc.assert(
		fc.asyncProperty(aRule(world), fc.constantFrom(...world.units), async (rule, { path }) => {
			const rows = await ctx.db
				.select({ id: people.id })
				.from(people)
				.where(audienceWhere(ctx, rule, path));
			const expected = profiles
				.filter((profile) => belongs(rule, path, profile, today))
				.map(({ personId }) => personId);
			expect(
				rows
					.map(({ id }) => id)
					.filter((id) => world.personIds.includes(id))
					.sort()
			).toEqual(expected.sort());

			const { from, where } = audienceOfAll(ctx, rule, path);
			const all = await ctx.db.execute<{ id: string }>(sql`select people.id from ${from} where ${where}`);
			expect(all.rows.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());

			for (const profile of profiles) {
				const said = explain(rule, path, profile, today);
				expect(said.belongs).toBe(expected.includes(profile.personId));
				expect(said.belongs).toBe(said.bounded && said.serving !== false && said.rule.holds);
				expect(agrees(said.rule)).toBe(true);
			}
		}),
		{ numRuns: 400 }
	);
});

test('takes every rule that it can be asked about, and keeps it as it is', async ({ ctx }) => {
	const world = await aWorld(ctx);
	fc.assert(
		fc.property(aRule(world), (rule) => {
			const read = v.safeParse(audienceRule, JSON.parse(JSON.stringify(rule)));
			expect(read.success, JSON.stringify(rule)).toBe(true);
			expect(read.output).toEqual(rule);
		}),
		{ numRuns: 200 }
	);
});

test.each([
	{ because: 'an unknown condition', rule: { wealth: { over: 3 } } },
	{ because: 'two conditions in one', rule: { leading: true, rank: { in: ['clerk-1'] } } },
	{ because: 'a group of alternatives without any', rule: { any: [] } },
	{ because: 'a span that runs backwards', rule: { joined: { from: '2026-02-01', to: '2026-01-01' } } },
	{ because: 'a span that says nothing', rule: { joined: {} } },
	{
		because: 'dates and months at once',
		rule: { postChange: { kinds: ['promotion'], from: '2026-01-01', withinMonths: 3 } }
	},
	{ because: 'text that is no id', rule: { people: { ids: ["' or true --"] } } },
	{ because: 'seven levels', rule: { not: { not: { not: { not: { not: { not: { leading: true } } } } } } } },
	{ because: 'sixty-one nodes', rule: { all: Array.from({ length: 60 }, () => ({ leading: true })) } }
])('refuses $because', ({ rule }) => {
	expect(v.is(audienceRule, rule)).toBe(false);
});

test('a part of the title is a text and no pattern', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const person = await aPerson(ctx, { unit, title: '负责 50% 工作' });
	await aPerson(ctx, { unit, title: '负责 500 工作' });
	const found = await ctx.db
		.select({ id: people.id })
		.from(people)
		.where(audienceWhere(ctx, { title: { contains: '50%' } }, unit.path));
	expect(found).toEqual([{ id: person.id }]);
});

test('counts a post from the day on which it begins', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const { id } = await ctx.db
		.select({ id: posts.id })
		.from(posts)
		.where(eq(posts.personId, person.id))
		.then(([post]) => post!);
	await ctx.db.execute(sql`update posts set kind = 'promotion', starts_on = '2026-11-23' where id = ${id}`);
	const rule = { postChange: { kinds: ['promotion' as const], withinMonths: 1 } };
	const count = (now: string) => ctx.db.$count(people, audienceWhere({ now: new Date(now) }, rule, 'p'));
	expect(await count('2026-11-22T15:59:59Z')).toBe(0);
	expect(await count('2026-11-22T16:00:00Z')).toBe(1); // midnight in Shanghai
	expect(await count('2026-12-22T12:00:00Z')).toBe(1);
	expect(await count('2026-12-23T12:00:00Z')).toBe(0);
});
