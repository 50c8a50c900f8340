import * as v from 'valibot';
import { type Columns, type Problem, type RosterField, rosterFields } from '#lib/schemas/roster.ts';
import { readDate, readEstablishment, readKind, readLevel, readRank, readStatus } from './read-value.ts';
import { broken, type Cell, formula } from '../../platform/tables/table.ts';

/** What a row says, in canonical form; fields that it leaves empty are absent. What cannot be read stays as it was written. */
export type RosterValues = Partial<Record<RosterField, string>>;

export type ReadRow = { values: RosterValues; problems: Problem[] };

type Reading = { value: string } | { key: string; values?: Problem['values'] };

const line = (longest: number) => (text: string) =>
	text.length > longest ? { key: 'field.too-long' } : { value: text };
const orUnknown =
	(read: (text: string) => string | undefined, key: string) =>
	(text: string): Reading => {
		const value = read(text);
		return value === undefined ? { key } : { value };
	};

const address = v.pipe(v.string(), v.email(), v.maxLength(200));

const date = (text: string, dates1904: boolean) =>
	orUnknown((text) => readDate(text, dates1904), 'roster.no-date')(text);

const readers: Record<RosterField, (text: string, dates1904: boolean) => Reading> = {
	staffNumber: (text) => (!/^[0-9A-Za-z-]+$/.test(text) ? { key: 'field.no-code' } : line(32)(text)),
	name: line(60),
	unitCode: line(60),
	unitName: line(400),
	title: line(80),
	leadershipLevel: orUnknown(readLevel, 'roster.no-level'),
	rank: orUnknown(readRank, 'roster.no-rank'),
	kind: orUnknown(readKind, 'roster.no-kind'),
	startsOn: date,
	document: line(80),
	email: (text) => (v.is(address, text) ? { value: text } : { key: 'field.no-email' }),
	joinedOn: date,
	establishment: orUnknown(readEstablishment, 'roster.no-establishment'),
	status: orUnknown(readStatus, 'roster.no-status'),
	leftOn: date
};

/** A spreadsheet would take such a text for a formula. */
const looksLikeFormula = /^[=＝@＠+＋\t\r]|^[-－][^\d]*\(/u;

/**
 * Reads a row through the chosen columns. Formulas, errors of the spreadsheet and texts that a spreadsheet would run are
 * problems of their cell.
 */
export function readRow(cells: readonly Cell[], columns: Columns, dates1904: boolean): ReadRow {
	const values: RosterValues = {};
	const problems: Problem[] = [];

	for (const field of rosterFields) {
		const at = columns[field];
		const cell = at === undefined ? '' : (cells[at] ?? '');
		if (cell === '') continue;

		const text = typeof cell === 'string' ? cell.normalize('NFC').replace(/\s+/g, ' ') : '';
		const reading: Reading =
			cell === broken
				? { key: 'roster.cell-error' }
				: cell === formula || looksLikeFormula.test(text)
					? { key: 'roster.formula' }
					: readers[field](text, dates1904);
		if ('value' in reading) values[field] = reading.value;
		else {
			values[field] = text.slice(0, 200);
			problems.push({ field, ...reading });
		}
	}
	return { values, problems };
}

/** The row of the template that shows how: left in a file, it is passed over. */
export const isExample = ({ staffNumber = '' }: RosterValues): boolean => /^(示例|example)/i.test(staffNumber);
