import { decode } from '#lib/server/platform/tables/read-csv.ts';
import { noDetails } from '../exchange-question.ts';
import type { Place, Reading } from '../format.ts';
import { letterAt } from '../letters.ts';
import { openReading, type OpenReading } from '../open-reading.ts';

interface Open {
	place: Place;
	stem: string[];
	options: { letter: string; text: string }[];
}

const option = /^([A-Z])[.)．）、]\s*(.*)$/;
const answer = /^(?:ANSWER|答案)\s*[:：]\s*(.*)$/i;

/** Reads Aiken: a stem, options from A on, and a line with the letter of the right one, or letters where several are right. */
export async function readAiken(file: Buffer): Promise<Reading> {
	const reading = openReading();
	let open: Open | undefined;
	for (const [index, raw] of decode(file)
		.split(/\r\n|\r|\n/)
		.entries()) {
		const line = raw.trim();
		if (line === '') continue;
		const key = answer.exec(line);
		const choice = option.exec(line);
		if (key && open) {
			close(reading, open, key[1]!);
			open = undefined;
		} else if (key) reading.refuse({ line: index + 1 }, 'formats.aiken-answer');
		else if (choice && open) open.options.push({ letter: choice[1]!, text: choice[2]!.trim() });
		else if (open && open.options.length > 0) {
			reading.refuse(open.place, 'formats.aiken-no-answer');
			open = { place: { line: index + 1 }, stem: [line], options: [] };
		} else if (open) open.stem.push(line);
		else open = { place: { line: index + 1 }, stem: [line], options: [] };
	}
	if (open) reading.refuse(open.place, 'formats.aiken-no-answer');
	return reading;
}

function close(reading: OpenReading, { place, stem, options }: Open, answer: string): void {
	const gap = options.findIndex(({ letter }, index) => letter !== letterAt(index));
	if (gap !== -1) {
		reading.refuse(place, 'formats.aiken-letters', { letter: letterAt(gap) });
		return;
	}
	const key = [
		...answer
			.normalize('NFKC')
			.toUpperCase()
			.replace(/[\s,、;]+/g, '')
	].sort();
	reading.take(place, {
		...noDetails(),
		wording: {
			kind: key.length > 1 ? 'multiple' : 'single',
			stem: stem.join('\n'),
			explanation: '',
			options: options.map(({ text }) => ({ text })),
			key
		}
	});
}
