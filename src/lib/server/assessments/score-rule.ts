import { type Band, bands, type Component, type SchemeRule } from '#lib/schemas/assessments.ts';
import type { ExamInput, Inputs } from './inputs.ts';

/** What the rule makes of the facts. Scores in hundredths. */
export type Outcome = {
	score: number;
	band: Band;
	/** Each component's own score, in the order of the scheme; null where it does not apply to the person. */
	parts: (number | null)[];
	/** The minimums and vetoes that hold, in the order of the scheme: `minimum:hours`, `veto:absent`. */
	limits: string[];
};

/** A share as a fraction of whole numbers. */
type Share = { part: bigint; whole: bigint };

/**
 * The result of a person by a scheme; undefined where no component applies, so that there is nothing to assess.
 *
 * Each component has a score of 100 × part ÷ whole, no higher than its cap. The total is their mean by weight; a component
 * that does not apply to the person (nothing asked, exempt) leaves its weight to the others. Everything is computed in whole
 * numbers and rounded once, at the end, half up. The band follows from the rounded total; minimums and vetoes hold it down.
 * `score-in-sql.ts` says the same in SQL; a property test proves that both agree.
 */
export function assess(inputs: Inputs, { components, decimals, ...rule }: SchemeRule): Outcome | undefined {
	const shares = components.map((component) => capped(shareOf(component, inputs), component.cap));
	const applying = components.flatMap(({ weight }, index) => {
		const share = shares[index];
		return share ? [{ weight: BigInt(weight), ...share }] : [];
	});
	if (applying.length === 0) return undefined;

	const wholes = applying.reduce((product, { whole }) => product * whole, 1n);
	const sum = applying.reduce((sum, { weight, part, whole }) => sum + (weight * part * wholes) / whole, 0n);
	const weights = applying.reduce((sum, { weight }) => sum + weight, 0n);
	const unit = 10n ** BigInt(decimals);
	const score = Number(roundHalfUp(100n * unit * sum, weights * wholes) * (100n / unit));

	const limits = limitsOf(inputs, { components, decimals, ...rule });
	return {
		score,
		band: bandOf(score, limits, { components, decimals, ...rule }),
		parts: shares.map((share) => share && Number(roundHalfUp(10_000n * share.part, share.whole))),
		limits
	};
}

/** The band of a total in hundredths, held down by these limits. */
export function bandOf(score: number, limits: readonly string[], rule: SchemeRule): Band {
	const byScore = rule.bands.find(({ from }) => score >= Math.round(from * 100))?.band ?? 'not-qualified';
	const held = limits.map((limit) => bands.indexOf(limitOf(limit, rule)));
	return bands[Math.max(bands.indexOf(byScore), ...held)]!;
}

/** The best band that a minimum or veto leaves. */
export function limitOf(limit: string, { minimums, vetoes }: SchemeRule): Band {
	const [sort, name] = limit.split(':');
	const found =
		sort === 'minimum' ? minimums.find(({ kind }) => kind === name) : vetoes.find(({ when }) => when === name);
	return found?.limit ?? 'excellent';
}

/** The score of a component as a share of 1; null where it does not apply. */
function shareOf({ kind, purpose, take, full }: Component, inputs: Inputs): Share | null {
	switch (kind) {
		case 'courses':
			return share(inputs.completed, inputs.required);
		case 'checks':
			return share(inputs.correct, inputs.answered);
		case 'attendance':
			return share(inputs.attended, inputs.invited);
		case 'unit-mark':
			return inputs.unitMark === null ? null : share(inputs.unitMark, 10_000);
		case 'hours':
			return share(Math.min(inputs.hours, full! * 10), full! * 10);
		case 'exam': {
			const sat = inputs.exams.filter((exam) => exam.purpose === purpose);
			const counts = take === 'last' ? sat.toSorted(byDay).at(-1) : sat.toSorted(byShare)[0];
			return counts ? share(counts.points, counts.total) : null;
		}
	}
}

const byDay = (one: ExamInput, other: ExamInput): number =>
	compare(one.on, other.on) || compare(one.examId, other.examId);
const byShare = (one: ExamInput, other: ExamInput): number =>
	other.points * one.total - one.points * other.total || compare(one.examId, other.examId);
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const share = (part: number, whole: number): Share | null =>
	whole === 0 ? null : { part: BigInt(part), whole: BigInt(whole) };

function capped(share: Share | null, cap: number | null): Share | null {
	if (!share || cap === null) return share;
	const most = BigInt(Math.round(cap * 100));
	return share.part * 10_000n > most * share.whole ? { part: most, whole: 10_000n } : share;
}

/** The minimums that are not reached and the vetoes that apply. */
function limitsOf(inputs: Inputs, { minimums, vetoes }: SchemeRule): string[] {
	return [
		...minimums.filter(({ kind, least }) => isBelow(kind, least, inputs)).map(({ kind }) => `minimum:${kind}`),
		...vetoes.filter(({ when, below }) => applies(when, below, inputs)).map(({ when }) => `veto:${when}`)
	];
}

/** Who was invited to nothing has missed nothing. */
const isBelow = (kind: SchemeRule['minimums'][number]['kind'], least: number, inputs: Inputs): boolean =>
	kind === 'hours'
		? inputs.hours * 10 < Math.round(least * 100)
		: inputs.attended * 10_000 < Math.round(least * 100) * inputs.invited;

function applies(when: SchemeRule['vetoes'][number]['when'], below: number | undefined, inputs: Inputs): boolean {
	switch (when) {
		case 'absent':
			return inputs.absences > 0;
		case 'failed':
			return inputs.failures > 0;
		case 'failed-after-make-up':
			return inputs.failuresAfterMakeUp > 0;
		case 'passed-by-make-up':
			return inputs.passesByMakeUp > 0;
		case 'courses-open':
			return inputs.completed < inputs.required;
		case 'promotion-overdue':
			return inputs.overdue > 0;
		case 'unit-below':
			return inputs.unitMark !== null && inputs.unitMark < Math.round((below ?? 0) * 100);
	}
}

const roundHalfUp = (part: bigint, whole: bigint): bigint => (2n * part + whole) / (2n * whole);
