import { recordCorrections } from '#db/schema/records.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson, type Person } from './people.ts';

/** A correction that waits for its answer. @returns its id */
export async function aCorrection(
	ctx: Context,
	{ person, ...values }: Partial<typeof recordCorrections.$inferInsert> & { person?: Person } = {}
): Promise<string> {
	const id = newId();
	const { id: personId } = person ?? (await aPerson(ctx));
	await ctx.db.insert(recordCorrections).values({
		...{ id, personId, part: 'events', what: '9月培训班记为缺席，应为参加', why: '签到表第3页', askedAt: ctx.now },
		...values
	});
	return id;
}
