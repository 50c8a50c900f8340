import * as v from 'valibot';
import { checkbox, id, ids, optionalDate, optionalText, text } from './fields.ts';

export const exemptionKinds = ['exemption', 'deferral'] as const;
export const exemptionGrounds = [
	'retiring',
	'maternity',
	'illness',
	'long-leave',
	'legal-qualification',
	'same-term',
	'other'
] as const;
export const exemptionStates = ['asked', 'approved', 'refused', 'withdrawn', 'ended'] as const;
export type ExemptionKind = (typeof exemptionKinds)[number];
export type ExemptionGround = (typeof exemptionGrounds)[number];
export type ExemptionState = (typeof exemptionStates)[number];

/** Grounds that only a paper proves; the others HR can see in the person's own entries, or judge by the words. */
export const provenGrounds: readonly ExemptionGround[] = ['maternity', 'illness', 'legal-qualification'];

/** An id, or nothing at all, which becomes null; the field may be missing. */
const optionalId = v.pipe(
	v.optional(v.string(), ''),
	v.union([v.literal(''), id], 'field.invalid'),
	v.transform((value) => value || null)
);

/** What somebody asks for: without an obligation, for everything that is open or comes up; a later date for one thing only. */
export const askExemption = v.pipe(
	v.object({
		/** On whose behalf; null for oneself. */
		personId: optionalId,
		obligationId: optionalId,
		kind: v.picklist(exemptionKinds, 'field.required'),
		ground: v.picklist(exemptionGrounds, 'field.required'),
		reason: text(1000),
		until: v.optional(optionalDate, '')
	}),
	v.forward(
		v.check(({ kind, until }) => kind === 'exemption' || until !== null, 'field.required'),
		['until']
	)
);

export const theExemption = v.object({ exemptionId: id });

/** A refusal says why. */
export const decideExemption = v.pipe(
	v.object({
		exemptionId: id,
		decision: v.picklist(['approve', 'refuse'], 'field.required'),
		because: optionalText(300)
	}),
	v.forward(
		v.check(({ decision, because }) => decision === 'approve' || because !== null, 'field.required'),
		['because']
	)
);

/** Several at once: those that are ticked, or everything that waits under the ground that the list shows. */
export const approveExemptions = v.object({
	exemptionIds: ids,
	listed: checkbox,
	ground: v.fallback(v.optional(v.picklist(exemptionGrounds)), undefined),
	because: optionalText(300)
});

export const endExemption = v.object({
	exemptionId: id,
	/** Whether it was granted wrongly: then everything that it covered is owed again. */
	whole: checkbox,
	because: text(300)
});

const cursor = v.fallback(v.nullish(v.string(), null), null);

/** What the address of the list may say; what makes no sense is passed over. */
export const exemptionList = v.object({
	state: v.fallback(v.optional(v.picklist(exemptionStates), 'asked'), 'asked'),
	ground: v.fallback(v.optional(v.picklist(exemptionGrounds)), undefined),
	kind: v.fallback(v.optional(v.picklist(exemptionKinds)), undefined),
	q: v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), ''),
	after: cursor,
	before: cursor
});
