import type { Localized } from '#lib/format/localized.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type { Explanation } from '#lib/server/programmes/audiences/explain-membership.ts';
import type { Names } from '#lib/server/programmes/audiences/names-in.ts';
import type { AudiencePreview } from '#lib/server/programmes/audiences/preview-audience.ts';
import type { DraftNode } from '#lib/server/programmes/audiences/rule-draft.ts';

export type UnitChoice = { id: string; name: string; depth: number; above: string | null };
export type PersonChoice = { id: string; name: string; staffNumber: string; unit: string | null; title: string };

/** What the builder shows after each step: the draft, what it says, and who would belong. */
export type BuilderView = {
	name: string;
	unitId: string;
	/** What the unit is called, once there is one. */
	unit: string | null;
	draft: DraftNode;
	names: Names;
	/** Found where no script could look: units or people for the node at a path, or people to check. */
	found: { path: string; units: UnitChoice[]; people: PersonChoice[]; query: string } | null;
	/** Null while the rule is not complete. */
	preview: (AudiencePreview & { rule: AudienceRule }) | null;
	why: Explanation | null;
	/** Path of the node to go on with. */
	focus: string | null;
	errors: Record<string, string>;
	message: string | null;
};

/** What can be chosen from, the same after every step. */
export type BuilderChoices = {
	units: { units: UnitChoice[]; complete: boolean };
	courses: { id: string; title: Localized }[];
	lists: { id: string; name: string }[];
};
