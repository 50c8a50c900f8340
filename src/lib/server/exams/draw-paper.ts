import { conflict } from '../platform/errors.ts';
import { compareLots, lots } from '../questions/lots.ts';
import { pinQuestion, type Pinned } from '../questions/pin-question.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';
import { allotSections, type Demand } from './allot-sections.ts';

/** A question that a paper can ask by itself or as part of a case. */
export interface PoolQuestion {
	id: string;
	versionId: string;
	content: AskedQuestion;
}

/** What is drawn as one: a question, or a case with its questions in their order. */
export interface PoolItem {
	id: string;
	caseVersionId: string | null;
	questions: PoolQuestion[];
}

export interface PaperSection {
	id: string;
	position: number;
	/** Items to draw. */
	count: number;
	/** For each question. */
	points: number;
	/** Takes the pool as it stands instead of drawing from it. */
	fixed: boolean;
	unseenFirst: boolean;
	pool: PoolItem[];
}

/** A slot of a paper before anybody has answered it. */
export interface DrawnSlot extends Pinned {
	slot: number;
	sectionId: string;
	questionId: string;
	questionVersionId: string;
	caseVersionId: string | null;
	points: number;
}

export interface PaperDraw {
	sections: readonly PaperSection[];
	/** When this person was last asked each question, as a number that grows with time; unseen ones are missing. */
	lastSeen: ReadonlyMap<string, number>;
	shuffleQuestions: boolean;
	shuffleOptions: boolean;
	/** The same seed draws the same paper. */
	seed: string;
}

/**
 * Draws one person's paper: every section gets its questions, none twice, those not seen yet first where the section says
 * so, then those seen longest ago. Sections stay in their order, and the questions of a case together.
 * @throws conflict paper.short where a section stays short: questions were retired after the exam was checked
 */
export function drawPaper({ sections, lastSeen, shuffleQuestions, shuffleOptions, seed }: PaperDraw): DrawnSlot[] {
	const lot = lots(seed);
	const age = ({ questions }: PoolItem) => Math.max(...questions.map(({ id }) => lastSeen.get(id) ?? 0));
	const wishes = (section: PaperSection): PoolItem[] => {
		if (section.fixed) return section.pool;
		const drawn = new Map(section.pool.map((item) => [item, lot(item.id)]));
		const byLot = (a: PoolItem, b: PoolItem) => compareLots(drawn.get(a)!, drawn.get(b)!);
		return section.pool.toSorted((a, b) => (section.unseenFirst ? age(a) - age(b) : 0) || byLot(a, b));
	};

	const inOrder = sections.toSorted((a, b) => a.position - b.position);
	const wanted = inOrder.map((section) => ({ section, items: wishes(section) }));
	const { drawn, short } = allotSections(wanted.map(demandOf));
	if (short.size > 0) throw conflict('paper.short');

	const slots: DrawnSlot[] = [];
	for (const { section, items } of wanted) {
		const ids = new Set(drawn.get(section.id));
		const chosen = items.filter(({ id }) => ids.has(id));
		const placed = shuffleQuestions
			? chosen.toSorted((a, b) => compareLots(lot(`place ${a.id}`), lot(`place ${b.id}`)))
			: chosen;
		for (const { caseVersionId, questions } of placed) {
			for (const { id, versionId, content } of questions) {
				slots.push({
					slot: slots.length + 1,
					sectionId: section.id,
					questionId: id,
					questionVersionId: versionId,
					caseVersionId,
					points: section.points,
					...pinQuestion({ id, content }, seed, { shuffle: shuffleOptions })
				});
			}
		}
	}
	return slots;
}

const demandOf = ({ section, items }: { section: PaperSection; items: PoolItem[] }): Demand => ({
	sectionId: section.id,
	count: section.count,
	pool: items.map(({ id }) => id)
});

/** Points of a whole paper, by its slots. */
export const totalOf = (slots: readonly { points: number }[]): number =>
	Math.round(slots.reduce((sum, { points }) => sum + points * 100, 0)) / 100;
