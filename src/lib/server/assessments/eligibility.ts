import { type Band, bands } from '#lib/schemas/assessments.ts';
import type { Scheme } from './schemes/read-scheme.ts';
import { limitOf } from './score-rule.ts';

/** Why somebody is not eligible for 优秀 of the annual grade: by which rules of the scheme, resting on what. */
export type Ineligible = { band: Band; because: { limit: string; basis: string }[]; basis: string };

/**
 * The note for the assessment committee: whoever has not reached 合格 in law study, or whom a rule of the scheme keeps from its
 * best band, is not eligible for 优秀. Null where nothing stands against it. It is a note: the committee decides.
 */
export function ineligibleFor(
	{ band, limits }: { band: Band; limits: readonly string[] },
	scheme: Scheme
): Ineligible | null {
	const { rule } = scheme;
	const because = limits
		.filter((limit) => bands.indexOf(limitOf(limit, rule)) > 0)
		.map((limit) => ({ limit, basis: basisOf(limit, scheme) }));
	if (band === 'excellent' || (band !== 'not-qualified' && because.length === 0)) return null;
	return { band, because, basis: scheme.basis };
}

/** The document of a minimum or veto: its own, or that of the scheme. */
export function basisOf(limit: string, { rule, basis }: Scheme): string {
	const [sort, name] = limit.split(':');
	const own =
		sort === 'minimum'
			? rule.minimums.find(({ kind }) => kind === name)
			: rule.vetoes.find(({ when }) => when === name);
	return own?.basis || basis;
}
