import type { AudienceRule } from '#lib/schemas/audiences.ts';
import { dateOf } from '../../platform/dates.ts';
import type { Context } from '../../platform/context.ts';
import { explain, type Explanation } from '../audiences/explain-membership.ts';
import { type Names, namesIn } from '../audiences/names-in.ts';
import { readProfiles } from '../audiences/read-profiles.ts';

export type Belonging = { why: Explanation; names: Names; audienceUnit: string };

type Asked = {
	personId: string;
	name: string;
	unit: string | null;
	rule: AudienceRule;
	audienceUnit: string;
	audiencePath: string;
};

/**
 * Why somebody belongs to the audience by which a duty was made, or no longer does: each part of the rule in the wording of then, held
 * against what the roster says today. The caller has asked whether the reader may know; people and lists out of the reader's reach
 * stay without a name.
 */
export async function whyBelongs(
	ctx: Context,
	{ personId, name, unit, rule, audienceUnit, audiencePath }: Asked
): Promise<Belonging | null> {
	const [[profile], names] = await Promise.all([readProfiles(ctx, [personId]), namesIn(ctx, [rule])]);
	if (!profile) return null;
	const why = { name, unit, ...explain(rule, audiencePath, profile, dateOf(ctx.now)) };
	return { why, names, audienceUnit };
}
