import * as v from 'valibot';
import { exchangeFormats } from '#lib/schemas/question-exchange.ts';
import { questionFilter } from '#lib/schemas/questions.ts';
import { countExportable, type CountedLoss, countLosses } from '#lib/server/questions/exchange/export-questions.ts';
import { featureInWords } from '#lib/server/web/formats-in-words.ts';
import type { PageServerLoad } from './$types';

const format = v.fallback(v.optional(v.picklist(exchangeFormats)), undefined);
const inWords = (loss: CountedLoss) => ({ ...loss, what: featureInWords(loss.feature) });

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
		losses: wanted && count > 0 ? (await countLosses(ctx, filter, wanted)).map(inWords) : []
	};
};
