import { m } from '#lib/paraglide/messages.js';
import type { ExchangeFormat } from '#lib/schemas/question-exchange.ts';

const names: Record<ExchangeFormat, () => string> = {
	xlsx: m.formats_name_xlsx,
	csv: m.formats_name_csv,
	gift: m.formats_name_gift,
	aiken: m.formats_name_aiken,
	'moodle-xml': m.formats_name_moodle_xml,
	qti21: m.formats_name_qti21,
	qti22: m.formats_name_qti22,
	qti3: m.formats_name_qti3
};

const carries: Record<ExchangeFormat, () => string> = {
	xlsx: m.formats_carries_sheet,
	csv: m.formats_carries_sheet,
	gift: m.formats_carries_gift,
	aiken: m.formats_carries_aiken,
	'moodle-xml': m.formats_carries_moodle_xml,
	qti21: m.formats_carries_qti,
	qti22: m.formats_carries_qti,
	qti3: m.formats_carries_qti
};

/** What a format is called. */
export const formatName = (format: ExchangeFormat): string => names[format]();

/** What a format has room for, in one sentence. */
export const formatCarries = (format: ExchangeFormat): string => carries[format]();
