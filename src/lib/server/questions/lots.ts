import { createHash } from 'node:crypto';

/** A lot for each name; the order of lots is as good as shuffled, and the same for the same seed. */
export const lots = (seed: string) => (name: string) => createHash('sha256').update(`${seed}\n${name}`).digest('hex');

/** Which of two lots comes first, for sorting. */
export const compareLots = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
