import { eq } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import { type AudienceRule, partsOf, speaksOfStatus } from '#lib/schemas/audiences.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { getPerson } from '../../people/queries.ts';
import { belongs, holds, isBounded, type Profile } from './holds.ts';
import { readProfiles } from './read-profiles.ts';

/** One part of a rule, whether it holds for the person, and the same of its own parts. */
export type ExplainedNode = { node: AudienceRule; holds: boolean; parts: ExplainedNode[] };

/** Why somebody is in or out: each part by itself, and the two that no rule needs to name. */
export type Explanation = {
	name: string;
	belongs: boolean;
	/** In the audience's own unit or below it. */
	bounded: boolean;
	/** In service; null where the rule itself speaks of status. */
	serving: boolean | null;
	rule: ExplainedNode;
	profile: Profile;
	unit: string | null;
};

/**
 * Why a person within reach is in an audience or not. The words for it are in components/programmes/audience-words.ts.
 * @throws not-found person.not-found
 */
export async function explainMembership(
	ctx: Context,
	{ rule, unitPath }: { rule: AudienceRule; unitPath: string },
	personId: string
): Promise<Explanation> {
	const { name } = await getPerson(ctx, personId, 'programme:view');
	const [profile] = await readProfiles(ctx, [personId]);
	if (!profile) throw notFound('person');
	const [unit] = profile.unitId
		? await ctx.db.select({ name: units.name }).from(units).where(eq(units.id, profile.unitId))
		: [];
	return { name, unit: unit?.name ?? null, ...explain(rule, unitPath, profile, dateOf(ctx.now)) };
}

/** The same for what is known of a person already. */
export function explain(
	rule: AudienceRule,
	unitPath: string,
	profile: Profile,
	today: string
): Omit<Explanation, 'name' | 'unit'> {
	return {
		belongs: belongs(rule, unitPath, profile, today),
		bounded: isBounded(unitPath, profile),
		serving: speaksOfStatus(rule) ? null : profile.status === 'active',
		rule: explainNode(rule, profile, today),
		profile
	};
}

const explainNode = (node: AudienceRule, profile: Profile, today: string): ExplainedNode => ({
	node,
	holds: holds(node, profile, today),
	parts: partsOf(node).map((part) => explainNode(part, profile, today))
});
