import { createHash } from 'node:crypto';
import type { CalendarDate } from '../platform/dates.ts';
import { letterOf } from '../questions/mistake-of.ts';
import { drawParameters, type ParameterValues } from '../questions/parameters.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';

/** A question of a lesson that can be asked by itself. */
export interface PoolQuestion {
	id: string;
	versionId: string;
	/** The case that it belongs to, and the situation as it is worded today. */
	caseId: string | null;
	caseVersionId: string | null;
	position: number;
	usableFrom: CalendarDate | null;
	usableUntil: CalendarDate | null;
	content: AskedQuestion;
}

/** A question as it is asked in one try; nothing of it changes later. */
export interface DrawnQuestion {
	questionId: string;
	questionVersionId: string;
	caseVersionId: string | null;
	kind: AskedQuestion['kind'];
	/** Options shown or blanks to fill; 1 for a judgement or a number. */
	size: number;
	parameters: ParameterValues | null;
	/** Stated letters in the order shown, for questions with options. */
	optionOrder: string[] | null;
}

export interface Draw {
	pool: PoolQuestion[];
	/** In which try, counted from 1, each question was last asked; unseen ones are missing. */
	lastAsked: ReadonlyMap<string, number>;
	count: number;
	today: CalendarDate;
	/** The same seed draws the same. */
	seed: string;
}

/**
 * Draws the questions of one try: unseen ones first, then those asked longest ago. So whatever the pool still has that
 * the last try did not ask comes before anything that it did. Questions of one case stand together.
 */
export function drawQuestions({ pool, lastAsked, count, today, seed }: Draw): DrawnQuestion[] {
	const usable = pool.filter((question) => isUsable(question, today));
	const age = ({ id }: PoolQuestion) => lastAsked.get(id) ?? 0;
	const lot = lots(seed);

	const chosen = usable.toSorted((a, b) => age(a) - age(b) || compare(lot(a.id), lot(b.id))).slice(0, count);
	const place = ({ id, caseId }: PoolQuestion) => lot(`place ${caseId ?? id}`);
	return chosen
		.toSorted((a, b) => compare(place(a), place(b)) || a.position - b.position)
		.map((question) => asDrawn(question, seed));
}

/** Questions are drawn from their first day until the day before `usableUntil`. */
export function isUsable(
	{ usableFrom, usableUntil }: Pick<PoolQuestion, 'usableFrom' | 'usableUntil'>,
	today: CalendarDate
): boolean {
	return (usableFrom === null || usableFrom <= today) && (usableUntil === null || today < usableUntil);
}

function asDrawn({ id, versionId, caseVersionId, content }: PoolQuestion, seed: string): DrawnQuestion {
	return {
		questionId: id,
		questionVersionId: versionId,
		caseVersionId,
		kind: content.kind,
		size: sizeOf(content),
		parameters: content.kind === 'numeric' ? drawParameters(content.parameters, `${seed}\n${id}`) : null,
		optionOrder: 'options' in content ? orderOptions(content, `${seed}\n${id}`) : null
	};
}

function sizeOf(content: AskedQuestion): number {
	if ('options' in content) return content.options.length;
	return content.kind === 'fill-in' ? content.blanks.length : 1;
}

function orderOptions({ options, shuffle }: { options: unknown[]; shuffle?: boolean }, seed: string): string[] {
	const letters = options.map((_, index) => letterOf(index));
	const lot = lots(seed);
	return shuffle === false ? letters : letters.toSorted((a, b) => compare(lot(a), lot(b)));
}

/** A lot for each name; the order of lots is as good as shuffled. */
const lots = (seed: string) => (name: string) => createHash('sha256').update(`${seed}\n${name}`).digest('hex');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
