import type { ObligationState } from '#lib/components/programmes/obligation-words.ts';

type Counts = Record<ObligationState, number>;

/** Duties that are asked: without those that are withdrawn, and those of exempt people, which stand apart. */
export const owedOf = ({ withdrawn: _, exempt: __, ...asked }: Counts): number =>
	Object.values(asked).reduce((sum, count) => sum + count, 0);

/** Of these, what is still open and in time. */
export const openOf = (counts: Counts): number => counts.upcoming + counts.open + counts['in-progress'];
