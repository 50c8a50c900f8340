import type { Readable } from 'node:stream';
import { invalid } from '../errors.ts';
import type { TableLimits } from './limits.ts';
import { parseXml } from './parse-xml.ts';
import { broken, type Cell, formula, type TableRow } from './table.ts';

/** How many rows a sheet says it has, from the head of its XML; null where it does not say. */
export async function sheetLength(stream: Readable): Promise<number | null> {
	let length: number | null = null;
	let begun = false;
	const parsing = parseXml(stream, {
		open(name, { ref = '' }) {
			if (name === 'dimension') length = Number(/:[A-Z]+(\d+)$/.exec(ref)?.[1]) || null;
			if (name === 'sheetData') begun = true;
		}
	});
	for await (const _ of parsing) if (begun || length !== null) break;
	return length;
}

/** The rows of a sheet that hold anything. @throws invalid table.too-many-columns | table.damaged */
export async function* readSheet(stream: Readable, strings: string[], limits: TableLimits): AsyncGenerator<TableRow> {
	let ready: TableRow[] = [];
	let row = 0;
	let cells: Cell[] = [];
	let column = -1;
	let type = '';
	let value = '';
	let isValue = false;
	let isFormula = false;

	const parsing = parseXml(stream, {
		open(name, attributes) {
			if (name === 'row') {
				row = Number(attributes.r) || row + 1;
				cells = [];
				column = -1;
			} else if (name === 'c') {
				column = attributes.r ? columnOf(attributes.r) : column + 1;
				if (!(column < limits.columns))
					throw invalid('table.too-many-columns', { field: 'file', values: { limit: limits.columns } });
				type = attributes.t ?? 'n';
				value = '';
				isFormula = false;
			} else if (name === 'f') isFormula = true;
			isValue = name === 'v' || name === 't';
		},
		text(text) {
			if (isValue && value.length <= limits.cell) value += text;
		},
		close(name) {
			isValue = false;
			if (name === 'c') {
				const cell = isFormula ? formula : cellOf(type, value, strings);
				if (cell !== '') cells[column] = cell;
			} else if (name === 'row' && cells.length > 0)
				ready.push({ row, cells: Array.from(cells, (cell) => cell ?? '') });
		}
	});

	for await (const _ of parsing) {
		yield* ready;
		ready = [];
	}
}

function cellOf(type: string, value: string, strings: string[]): Cell {
	if (type === 's') return (strings[Number(value)] ?? '').trim();
	if (type === 'e') return broken;
	if (type === 'n') return /[eE.]/.test(value) ? String(Number(value)) : value; // 1.00001E5 is staff number 100001
	return value.trim();
}

/** "AB12" is column 27. */
function columnOf(reference: string): number {
	let column = 0;
	for (let at = 0; at < reference.length; at++) {
		const letter = reference.charCodeAt(at) - 64;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
	}
	return column - 1;
}
