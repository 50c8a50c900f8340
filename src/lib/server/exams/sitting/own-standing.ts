import type { AttemptState } from '../attempt-state.ts';
import { entryRefusal } from './sitting-time.ts';

/**
 * Where a candidate stands. running: a paper is open. open: may start now. waiting: may start again after the wait.
 * ahead: not open yet. handed-in: has sat and sits no more. missed: the window is over without a sitting.
 */
export type Standing =
	'running' | 'open' | 'waiting' | 'ahead' | 'entry-closed' | 'handed-in' | 'missed' | 'exempt' | 'cancelled';

/** Whether somebody who stands so will sit no more. */
export const isFinished = (standing: Standing): boolean => !['running', 'open', 'waiting', 'ahead'].includes(standing);

interface Candidacy {
	exam: { state: string; attempts: number; waitMinutes: number; entryMinutes: number | null };
	candidate: { status: 'due' | 'exempt'; opensAt: Date; closesAt: Date; extraMinutes: number };
	/** The latest first. */
	attempts: { state: AttemptState; submittedAt: Date | null }[];
}

/** The same rules as `startAttempt` goes by, asked beforehand. `until` is when the standing changes by itself. */
export function ownStanding(now: Date, { exam, candidate, attempts }: Candidacy): { state: Standing; until?: Date } {
	const sat = attempts.filter(({ state }) => !['prepared', 'voided'].includes(state));
	const over = (otherwise: Standing): Standing => (sat.length > 0 ? 'handed-in' : otherwise);

	if (exam.state === 'cancelled') return { state: 'cancelled' };
	if (attempts.some(({ state }) => state === 'open')) return { state: 'running' };
	if (candidate.status === 'exempt') return { state: over('exempt') };

	const refusal = entryRefusal(now, { ...candidate, entryMinutes: exam.entryMinutes });
	if (refusal === 'exam.not-open') return { state: 'ahead', until: candidate.opensAt };
	if (refusal === 'exam.entry-closed') return { state: over('entry-closed') };
	if (refusal || exam.state !== 'published') return { state: over('missed') };
	if (attempts.some(({ state }) => state === 'prepared')) return { state: 'open' };
	if (sat.length >= exam.attempts) return { state: 'handed-in' };

	const [latest] = attempts;
	const until = new Date((latest?.submittedAt?.getTime() ?? 0) + exam.waitMinutes * 60_000);
	return now < until ? { state: 'waiting', until } : { state: 'open' };
}
