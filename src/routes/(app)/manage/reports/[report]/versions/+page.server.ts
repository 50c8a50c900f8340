import { getReport, listVersions } from '#lib/server/unit-reports/report-queries.ts';
import { readDraft } from '#lib/server/unit-reports/read-draft.ts';
import { isOpenToWriting } from '#lib/server/unit-reports/report-state.ts';
import type { PageServerLoad } from './$types';

/** Two versions side by side: the latest with the one before it unless the address says otherwise; those who write also see the draft. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { cycle: _, ...report } = await getReport(ctx, params.report);
	const versions = await listVersions(ctx, report.id);
	const draft = isOpenToWriting(report.state) && report.may.seeDraft ? await readDraft(ctx, report) : null;
	const numbers = [...(draft ? [0] : []), ...versions.map(({ number }) => number)];
	const asked = (name: string) => numbers.find((number) => String(number) === url.searchParams.get(name));
	const to = asked('to') ?? numbers[0] ?? 0;
	const from = asked('from') ?? numbers[numbers.indexOf(to) + 1] ?? to;
	const contentOf = (number: number) =>
		number === 0 ? draft : (versions.find((version) => version.number === number)?.content ?? null);
	return {
		report,
		versions: versions.map(({ content: _, ...version }) => version),
		...{ numbers, from, to },
		before: contentOf(from)?.sections ?? [],
		after: contentOf(to)?.sections ?? []
	};
};
