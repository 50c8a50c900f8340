import { exchangeFormats, type ExchangeFormat } from '#lib/schemas/question-exchange.ts';
import { invalid } from '#lib/server/platform/errors.ts';
import { readAiken } from './aiken/read-aiken.ts';
import { writeAiken } from './aiken/write-aiken.ts';
import type { Format } from './format.ts';
import { readGift } from './gift/read-gift.ts';
import { writeGift } from './gift/write-gift.ts';
import { readMoodleXml } from './moodle/read-moodle.ts';
import { writeMoodleXml } from './moodle/write-moodle.ts';
import { readQti } from './qti/read-qti.ts';
import { writeQti } from './qti/write-qti.ts';
import { readCsvQuestions, readXlsxQuestions } from './sheet/read-sheet-file.ts';
import { writeCsvQuestions, writeXlsxQuestions } from './sheet/write-sheet-file.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const itemPackage = { extension: 'zip', mediaType: 'application/zip', pictures: true, read: readQti } as const;

/** Every way in and out of the bank. */
export const formats = {
	xlsx: { extension: 'xlsx', mediaType: xlsx, read: readXlsxQuestions, write: writeXlsxQuestions },
	csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8', read: readCsvQuestions, write: writeCsvQuestions },
	gift: { extension: 'gift', mediaType: 'text/plain; charset=utf-8', read: readGift, write: writeGift },
	aiken: { extension: 'txt', mediaType: 'text/plain; charset=utf-8', read: readAiken, write: writeAiken },
	'moodle-xml': {
		extension: 'xml',
		mediaType: 'application/xml',
		pictures: true,
		read: readMoodleXml,
		write: writeMoodleXml
	},
	qti21: { ...itemPackage, write: writeQti('2.1') },
	qti22: { ...itemPackage, write: writeQti('2.2') },
	qti3: { ...itemPackage, write: writeQti('3.0') }
} as const satisfies Record<ExchangeFormat, Format>;
export type FormatName = ExchangeFormat;
export const formatNames = exchangeFormats;

/** @throws invalid formats.unknown */
export function formatNamed(name: string): Format {
	const format = formatNames.find((each) => each === name);
	if (!format) throw invalid('formats.unknown', { field: 'format' });
	return formats[format];
}
