import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { audiences, audienceVersions, peopleListMembers, peopleLists } from '#db/schema/audiences.ts';
import { type AudienceRule, type Condition, none } from '#lib/schemas/audiences.ts';
import { establishments, leadershipLevels, personStatuses, postKinds, ranks } from '#lib/schemas/people.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson, type Person } from './people.ts';
import { theProvince, type Unit } from './units.ts';

let made = Number(process.env.TEST_WORKER_INDEX ?? 0) * 10_000;

/** An audience of the province unless another unit is given; everybody belongs unless a rule says otherwise. */
export async function anAudience(
	ctx: Context,
	{
		unit,
		rule = { all: [] },
		by,
		name = `范围${++made}`
	}: { unit?: Unit; rule?: AudienceRule; by?: Person; name?: string } = {}
): Promise<typeof audiences.$inferSelect> {
	const home = unit ?? (await theProvince(ctx));
	const createdBy = (by ?? (await aPerson(ctx, { unit: home }))).id;
	const [id, versionId] = [newId(), newId()];
	await ctx.db.insert(audiences).values({ id, unitId: home.id, name, createdBy, createdAt: ctx.now });
	await ctx.db
		.insert(audienceVersions)
		.values({ id: versionId, audienceId: id, number: 1, rule, createdBy, createdAt: ctx.now });
	const [row] = await ctx.db
		.update(audiences)
		.set({ currentVersionId: versionId })
		.where(eq(audiences.id, id))
		.returning();
	return row!;
}

/** A list of people of a unit. */
export async function aPeopleList(
	ctx: Context,
	{ unit, members, name = `名单${++made}` }: { unit?: Unit; members: Person[]; name?: string }
): Promise<typeof peopleLists.$inferSelect> {
	const home = unit ?? (await theProvince(ctx));
	const createdBy = (members[0] ?? (await aPerson(ctx, { unit: home }))).id;
	const [list] = await ctx.db
		.insert(peopleLists)
		.values({ id: newId(), unitId: home.id, name, createdBy, createdAt: ctx.now })
		.returning();
	if (members.length > 0) {
		await ctx.db.insert(peopleListMembers).values(members.map(({ id }) => ({ listId: list!.id, personId: id })));
	}
	return list!;
}

/** What random rules may name. */
export type World = { unitIds: string[]; personIds: string[]; courseIds: string[]; listIds: string[] };

const aDay = fc
	.integer({ min: 0, max: 400 })
	.map((days) => new Date(Date.UTC(2025, 11, 1) + days * 86_400_000).toISOString().slice(0, 10));
const aSpan = fc.oneof(
	fc.record({ withinMonths: fc.integer({ min: 1, max: 14 }) }),
	fc.record({ from: aDay }),
	fc.record({ to: aDay }),
	fc.tuple(aDay, aDay).map(([one, other]) => (one <= other ? { from: one, to: other } : { from: other, to: one }))
);
const some = <Value>(values: readonly Value[], most = 3) =>
	fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });

export const aCondition = ({ unitIds, personIds, courseIds, listIds }: World): fc.Arbitrary<Condition> =>
	fc.oneof(
		fc.record({ unit: fc.record({ ids: some(unitIds), subtree: fc.boolean() }) }),
		fc.record({ rank: fc.record({ in: some([...ranks.slice(4, 9), none] as const) }) }),
		fc.record({ level: fc.record({ in: some(leadershipLevels) }) }),
		fc.record({ leading: fc.boolean() }),
		fc.record({ title: fc.record({ contains: fc.constantFrom('科', '处长', 'HEAD', '%', '_', '\\') }) }),
		fc.record({ status: fc.record({ in: some(personStatuses) }) }),
		fc.record({ establishment: fc.record({ in: some([...establishments, none] as const) }) }),
		fc.record({ joined: aSpan }),
		fc
			.tuple(some(postKinds), fc.oneof(fc.constant({}), aSpan))
			.map(([kinds, span]) => ({ postChange: { kinds, ...span } })),
		fc.record({ course: fc.record({ id: fc.constantFrom(...courseIds), done: fc.boolean() }) }),
		fc.record({ people: fc.record({ ids: some(personIds, 6) }) }),
		fc.record({ list: fc.record({ id: fc.constantFrom(...listIds) }) })
	);

/** Any rule over a world: conditions joined by and, or, not. */
export function aRule(world: World): fc.Arbitrary<AudienceRule> {
	const condition = aCondition(world);
	return fc.letrec<{ rule: AudienceRule }>((tie) => ({
		rule: fc.oneof(
			{ maxDepth: 4, depthSize: 'small', withCrossShrink: true },
			condition,
			fc.array(tie('rule'), { maxLength: 4 }).map((all) => ({ all })),
			fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
			tie('rule').map((not) => ({ not }))
		)
	})).rule;
}
