import * as v from 'valibot';
import { exchangeFormats } from '#lib/schemas/question-exchange.ts';
import { questionFilter } from '#lib/schemas/questions.ts';
import { countExportable, findLosses } from '#lib/server/questions/exchange/export-questions.ts';
import type { Feature, Loss } from '#lib/server/questions/formats/format.ts';
import { featureInWords } from '#lib/server/web/formats-in-words.ts';
import type { PageServerLoad } from './$types';

const format = v.fallback(v.optional(v.picklist(exchangeFormats)), undefined);
const shownCodes = 5;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const { format: chosen, ...query } = Object.fromEntries(url.searchParams);
	const filter = v.parse(questionFilter, query);
	const count = await countExportable(ctx, filter);
	const wanted = v.parse(format, chosen);
	const kept = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
	return {
		count,
		format: wanted ?? null,
		filter: kept.map(([name, value]) => ({ name, value: String(value) })),
		losses: wanted && count > 0 ? grouped(await findLosses(ctx, filter, wanted)) : []
	};
};

/** What is left behind, with the codes of some questions that it concerns. */
function grouped(losses: Loss[]) {
	return [...Map.groupBy(losses, ({ feature }) => feature)].map(([feature, each]: [Feature, Loss[]]) => ({
		feature,
		what: featureInWords(feature),
		count: each.length,
		codes: each.slice(0, shownCodes).map(({ place }) => place.item ?? '')
	}));
}
