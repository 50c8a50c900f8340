import { eq } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { planItems, planItemUnits } from '#db/schema/work-plans.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { matchUnits } from './match-units.ts';

/** What an item says, whoever writes it. */
export type ItemText = {
	title: Localized;
	asks: Localized | null;
	standard: Localized | null;
	points: number | null;
	dueOn: string | null;
	lead: string[];
	assist: string[];
};

type Place = { planId: string; unitPath: string; parentId: string | null; position: number; lineage?: string };

/** Adds an item at its place, in the caller's transaction. @returns its id */
export async function keepItem(
	ctx: Context,
	{ unitPath, lineage, ...place }: Place,
	{ lead, assist, ...text }: ItemText
): Promise<string> {
	const id = newId();
	await ctx.db.insert(planItems).values({ id, ...place, ...text, lineage: lineage ?? id });
	await setResponsible(ctx, unitPath, id, { lead, assist });
	return id;
}

/** Writes down who leads an item and who assists, in place of who did before. */
export async function setResponsible(
	ctx: Context,
	unitPath: string,
	itemId: string,
	{ lead, assist }: { lead: readonly string[]; assist: readonly string[] }
): Promise<void> {
	await ctx.db.delete(planItemUnits).where(eq(planItemUnits.itemId, itemId));
	const known = await matchUnits(ctx, unitPath, [...lead, ...assist]);
	const rows = (['lead', 'assist'] as const).flatMap((part) =>
		(part === 'lead' ? lead : assist).map((name, position) => ({
			...{ itemId, part, name, position: position + 1 },
			unitId: known.get(name) ?? null
		}))
	);
	if (rows.length > 0) await ctx.db.insert(planItemUnits).values(rows);
}

/** A text that somebody wrote in Chinese and perhaps in English; without English, English readers see the Chinese. */
export const inBoth = (chinese: string, english: string | null): Localized => ({
	'zh-CN': chinese,
	en: english ?? chinese
});

/** The same where there may be none. */
export const inBothIfAny = (chinese: string | null, english: string | null): Localized | null =>
	chinese === null ? null : inBoth(chinese, english);
