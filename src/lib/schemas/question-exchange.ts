import * as v from 'valibot';
import { id } from './fields.ts';
import { questionUses } from './questions.ts';

/** Every way in and out of the bank, in the order in which they are offered. */
export const exchangeFormats = ['xlsx', 'csv', 'gift', 'aiken', 'moodle-xml', 'qti21', 'qti22', 'qti3'] as const;
export type ExchangeFormat = (typeof exchangeFormats)[number];

/** What comes along with an uploaded file. Without a format the file has to show it. */
export const uploadQuestions = v.object({
	unitId: v.fallback(v.optional(id), undefined),
	use: v.fallback(v.picklist(questionUses), 'practice'),
	format: v.fallback(v.optional(v.picklist(exchangeFormats)), undefined)
});

/** The decision about a previewed file. */
export const decideQuestionImport = v.pipe(
	v.object({ import: id }),
	v.transform(({ import: importId }) => ({ importId }))
);

export const importViews = ['ready', 'refused', 'left-behind'] as const;
