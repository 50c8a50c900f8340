import type { CalendarDate } from '../platform/dates.ts';
import { compareLots, lots } from '../questions/lots.ts';
import { type Pinned, pinQuestion } from '../questions/pin-question.ts';
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
export interface DrawnQuestion extends Pinned {
	questionId: string;
	questionVersionId: string;
	caseVersionId: string | null;
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

	const chosen = usable.toSorted((a, b) => age(a) - age(b) || compareLots(lot(a.id), lot(b.id))).slice(0, count);
	const place = ({ id, caseId }: PoolQuestion) => lot(`place ${caseId ?? id}`);
	return chosen
		.toSorted((a, b) => compareLots(place(a), place(b)) || a.position - b.position)
		.map((question) => asDrawn(question, seed));
}

/** Questions are drawn from their first day until the day before `usableUntil`. */
export function isUsable(
	{ usableFrom, usableUntil }: Pick<PoolQuestion, 'usableFrom' | 'usableUntil'>,
	today: CalendarDate
): boolean {
	return (usableFrom === null || usableFrom <= today) && (usableUntil === null || today < usableUntil);
}

function asDrawn(question: PoolQuestion, seed: string): DrawnQuestion {
	const { id, versionId, caseVersionId } = question;
	return { questionId: id, questionVersionId: versionId, caseVersionId, ...pinQuestion(question, seed) };
}
