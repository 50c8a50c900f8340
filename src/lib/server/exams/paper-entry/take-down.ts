import type { examPaperEntries } from '#db/schema/paper-entries.ts';
import { readTypedAnswer } from '#lib/schemas/typed-answer.ts';
import { invalid } from '../../platform/errors.ts';
import type { Answer } from '../../questions/score-answer.ts';
import { asStated } from '../../questions/shown-letters.ts';
import type { SheetSlot } from './read-sheet.ts';
import { spreadPoints } from './spread-points.ts';

type Way = (typeof examPaperEntries.$inferSelect)['way'];

/** What somebody typed from a printed paper. */
export interface PaperInput {
	way: Way;
	/** By slot: answers in printed letters, as `readTypedAnswer` reads them. */
	typed: Record<string, string>;
	/** By slot or by section, whatever the way: points that stand on the paper. */
	points: Record<string, number>;
	because?: string | null | undefined;
}

/** An entry as it is kept, with the points that it gives to single questions. */
export interface TakenDown {
	entry: Pick<typeof examPaperEntries.$inferInsert, 'way' | 'because'> & {
		answers: Record<string, Answer>;
		points: Record<string, number>;
	};
	given: Map<number, number>;
}

/**
 * Reads what was typed for the rows of an answer sheet.
 * @throws invalid entry.unreadable with the numbers of the questions, entry.too-many-points, entry.points-missing, entry.because
 */
export function takeDown(rows: readonly SheetSlot[], input: PaperInput, { isCorrection = false } = {}): TakenDown {
	const because = input.because?.trim() || null;
	if (!because && (isCorrection || input.way !== 'answers')) throw invalid('entry.because', { field: 'because' });
	if (input.way === 'answers') return withAnswers(rows, input, because);
	return input.way === 'questions' ? withPoints(rows, input, because) : withSections(rows, input, because);
}

function withAnswers(rows: readonly SheetSlot[], { typed, points }: PaperInput, because: string | null): TakenDown {
	const unreadable: number[] = [];
	const answers: Record<string, Answer> = {};
	for (const row of rows) {
		const answer = readTypedAnswer(row, typed[row.slot] ?? '');
		if (answer === undefined) unreadable.push(row.slot);
		else if (answer) answers[row.slot] = asStated(answer, row.optionOrder);
	}
	if (unreadable.length > 0) throw invalid('entry.unreadable', { values: { slots: unreadable.join(', ') } });
	const written = rows.filter((row) => row.isWritten && points[row.slot] !== undefined);
	const given = new Map(written.map((row) => [row.slot, within(points[row.slot]!, row)]));
	return { entry: { way: 'answers', because, answers, points: Object.fromEntries(given) }, given };
}

function withPoints(rows: readonly SheetSlot[], { points }: PaperInput, because: string | null): TakenDown {
	const missing = rows.filter(({ slot }) => points[slot] === undefined);
	if (missing.length > 0)
		throw invalid('entry.points-missing', { values: { slots: missing.map(({ slot }) => slot).join(', ') } });
	const given = new Map(rows.map((row) => [row.slot, within(points[row.slot]!, row)]));
	return { entry: { way: 'questions', because, answers: {}, points: Object.fromEntries(given) }, given };
}

function withSections(rows: readonly SheetSlot[], { points }: PaperInput, because: string | null): TakenDown {
	const given = new Map<number, number>();
	const kept: Record<string, number> = {};
	for (const [sectionId, slots] of Map.groupBy(rows, ({ sectionId }) => sectionId)) {
		const of = points[sectionId];
		const worth = slots.map((row) => row.points);
		const most = worth.reduce((sum, each) => sum + Math.round(each * 100), 0) / 100;
		if (of === undefined) throw invalid('entry.points-missing', { values: { slots: slots[0]!.section } });
		if (of > most) throw invalid('entry.too-many-points', { values: { slots: slots[0]!.section, points: most } });
		kept[sectionId] = of;
		spreadPoints(of, worth).forEach((part, index) => given.set(slots[index]!.slot, part));
	}
	return { entry: { way: 'sections', because, answers: {}, points: kept }, given };
}

function within(points: number, row: SheetSlot): number {
	if (points > row.points) throw invalid('entry.too-many-points', { values: { slots: row.slot, points: row.points } });
	return points;
}
