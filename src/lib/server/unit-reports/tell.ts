import type { Notice } from '../notifications/notify.ts';
import { notify } from '../notifications/notify.ts';
import type { Context } from '../platform/context.ts';
import { nearestHolders } from '../units/nearest-holders.ts';

/** A report of which somebody is told. */
export type ToldReport = { id: string; unitPath: string; year: number; dueOn?: string; because?: string };

const valuesOf = ({ year, dueOn, because }: ToldReport) => ({
	year,
	...(dueOn ? { dueOn } : {}),
	...(because ? { because } : {})
});

/** Tells whoever writes for these units, each the same occasion once. Whoever writes for several is sent to their list. */
export async function tellWriters(
	ctx: Context,
	reports: readonly ToldReport[],
	kind: Notice['kind'],
	occasion: string
): Promise<void> {
	const ofPerson = new Map<string, ToldReport[]>();
	for (const report of reports)
		for (const personId of await nearestHolders(ctx, 'report:write', report.unitPath))
			ofPerson.set(personId, [...(ofPerson.get(personId) ?? []), report]);

	for (const [personId, own] of ofPerson) {
		const first = own.toSorted((one, other) => ((one.dueOn ?? '') < (other.dueOn ?? '') ? -1 : 1))[0]!;
		const href = own.length === 1 ? `/manage/reports/${first.id}` : '/manage/reports';
		await notify(ctx, [personId], { kind, occasion: `${kind} ${occasion}`, href, values: valuesOf(first) });
	}
}

/** Tells whoever decides about the reports to a unit. */
export async function tellDeciders(
	ctx: Context,
	unitPath: string,
	report: ToldReport,
	kind: Notice['kind'],
	occasion: string
): Promise<void> {
	const deciders = await nearestHolders(ctx, 'report:decide', unitPath);
	const href = `/manage/reports/${report.id}`;
	await notify(ctx, deciders, { kind, occasion: `${kind} ${occasion}`, href, values: valuesOf(report) });
}
