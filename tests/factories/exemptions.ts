import { exemptions } from '#db/schema/programmes.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson, type Person } from './people.ts';

export type Exemption = typeof exemptions.$inferSelect;

/** A request that waits for its decision: from everything, for illness, by the person themselves. */
export async function anExemption(
	ctx: Context,
	{ person, ...values }: Partial<typeof exemptions.$inferInsert> & { person?: Person } = {}
): Promise<Exemption> {
	const { id: personId } = person ?? (await aPerson(ctx));
	const [exemption] = await ctx.db
		.insert(exemptions)
		.values({
			id: newId(),
			personId,
			kind: 'exemption',
			ground: 'illness',
			reason: '术后休养，医嘱不宜久坐',
			askedBy: personId,
			askedAt: ctx.now,
			...values
		})
		.returning();
	return exemption!;
}
