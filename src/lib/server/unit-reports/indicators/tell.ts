import { notify, type Notice } from '../../notifications/notify.ts';
import type { Context } from '../../platform/context.ts';
import { nearestHolders } from '../../units/nearest-holders.ts';

/** A unit whose sheet somebody is told of. */
type Told = { setId: string; unitId: string; unitPath: string; year: number };

/** Tells whoever scores for these units, each the same occasion once. */
export async function tellScorers(
	ctx: Context,
	sheets: readonly Told[],
	kind: Notice['kind'],
	occasion: string
): Promise<void> {
	for (const { setId, unitId, unitPath, year } of sheets)
		await notify(ctx, await nearestHolders(ctx, 'indicator:score', unitPath), {
			...{ kind, occasion: `${kind} ${occasion} ${unitId}`, values: { year } },
			href: `/manage/indicators/${setId}/units/${unitId}`
		});
}

/** Tells whoever verifies for the unit above that a sheet waits. */
export async function tellVerifiers(
	ctx: Context,
	abovePath: string,
	{ setId, unitId, year }: Omit<Told, 'unitPath'>,
	occasion: string
): Promise<void> {
	await notify(ctx, await nearestHolders(ctx, 'indicator:verify', abovePath), {
		...{ kind: 'sheet_handed_in', occasion: `sheet_handed_in ${occasion}`, values: { year } },
		href: `/manage/indicators/${setId}/units/${unitId}`
	});
}
