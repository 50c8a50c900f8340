import { people, posts } from '#db/schema/people.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aUnit, type Unit } from './units.ts';

export type Person = typeof people.$inferSelect;

// Browser tests share one database: what each of their workers makes begins at another number.
let made = Number(process.env.TEST_WORKER_INDEX ?? 0) * 10_000;

/** A civil servant with one primary post since 2020, in a unit of their own unless one is given. */
export async function aPerson(
	ctx: Context,
	{ unit, ...values }: Partial<typeof people.$inferInsert> & { unit?: Unit } = {}
): Promise<Person> {
	const home = unit ?? (await aUnit(ctx));
	const number = String(++made).padStart(6, '0'); // of one length, so that no name is the beginning of another
	const title = values.title ?? '科员';
	const [person] = await ctx.db
		.insert(people)
		.values({
			id: newId(),
			staffNumber: `T${number}`,
			name: `白景行${number}`,
			pinyin: `baijingxing${number}`,
			initials: `bjx${number}`,
			unitId: home.id,
			title,
			createdAt: ctx.now,
			updatedAt: ctx.now,
			...values
		})
		.returning();
	if (!person) throw new Error('no person was inserted');
	await ctx.db.insert(posts).values({
		id: newId(),
		personId: person.id,
		unitId: home.id,
		title,
		leadershipLevel: person.leadershipLevel,
		rank: person.rank,
		kind: 'initial',
		startsOn: '2020-01-01',
		createdAt: ctx.now
	});
	return person;
}
