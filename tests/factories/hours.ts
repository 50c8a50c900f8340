import { sql } from 'drizzle-orm';
import { hourTargets } from '#db/schema/hours.ts';
import { type Grant, grantHours } from '#lib/server/hours/grant-hours.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { HourTarget } from '#lib/server/hours/targets.ts';

/** Hours of a class in the person's ledger, from a source of their own unless one is named. */
export async function someHours(
	ctx: Context,
	grant: Pick<Grant, 'personId' | 'hours'> & Partial<Grant>
): Promise<Grant> {
	const whole: Grant = { unitId: null, category: 'class', source: 'external', sourceId: newId(), ...grant };
	await grantHours(ctx, whole);
	return whole;
}

/** A target of 90 hours a year for everybody since 2023. */
export async function aTarget(ctx: Context, values: Partial<HourTarget> = {}): Promise<HourTarget> {
	const [target] = await ctx.db
		.insert(hourTargets)
		.values({
			...{ id: newId(), name: { 'zh-CN': '全员', en: 'Everybody' }, years: 1, hours: 90 },
			...{ validFrom: 2023, basis: '年度培训计划', createdAt: ctx.now, ...values }
		})
		.returning();
	return target!;
}

/** Takes away the targets that every database begins with. */
export const withoutTargets = ({ db }: Context) => db.delete(hourTargets).where(sql`true`);
