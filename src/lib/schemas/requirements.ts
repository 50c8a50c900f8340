import * as v from 'valibot';
import { date, decimal, id, ids, optionalDate, optionalText, optionalWhole, text, wholeNumber } from './fields.ts';
import { type DueRule, dueRule, listing } from './programmes.ts';

export const requirementKinds = ['course', 'exam', 'event', 'hours', 'electives'] as const;
export const examPurposes = ['general', 'annual', 'pre-appointment', 'post-appointment', 'class-end'] as const;
export const eventKinds = [
	'lecture',
	'training-class',
	'collective-study',
	'pre-meeting-study',
	'court-observation',
	'seminar'
] as const;
export const trainingPurposes = ['general', 'newly-promoted'] as const;
export const hourCategories = ['required', 'elective', 'online', 'class'] as const;

export const recurrences = ['once', 'yearly', 'after-completion'] as const;
export const joiningPolicies = ['same-date', 'more-time', 'next-period'] as const;

const ofProgramme = { programmeId: id };
const head = { title: text(100), summary: optionalText(1_000) };

/** A programme begins as a draft of its first version. */
export const createProgramme = v.object({ unitId: id, ...head });

/** What does not belong to the recurrence or the policy that was chosen is dropped; what it needs is asked for. */
export const editDraft = v.pipe(
	v.object({
		...ofProgramme,
		...head,
		recurrence: v.picklist(recurrences, 'field.required'),
		validMonths: optionalWhole(1, 120),
		renewalMonths: optionalWhole(0, 120),
		priorMonths: optionalWhole(1, 600),
		joining: v.picklist(joiningPolicies, 'field.required'),
		joiningDays: optionalWhole(1, 366)
	}),
	v.transform((said) => ({
		...said,
		...(said.recurrence === 'after-completion' ? {} : { validMonths: null, renewalMonths: null }),
		joiningDays: said.joining === 'more-time' ? said.joiningDays : null
	})),
	v.forward(
		v.check(
			({ recurrence, validMonths }) => recurrence !== 'after-completion' || validMonths !== null,
			'field.required'
		),
		['validMonths']
	),
	v.forward(
		v.check(
			({ validMonths, renewalMonths }) =>
				validMonths === null || (renewalMonths !== null && renewalMonths <= validMonths),
			'field.too-large'
		),
		['renewalMonths']
	),
	v.forward(
		v.check(({ joining, joiningDays }) => joining !== 'more-time' || joiningDays !== null, 'field.required'),
		['joiningDays']
	)
);

const said = v.optional(v.string(), '');
const dueFields = {
	due: said,
	dueOn: said,
	dueEvent: said,
	dueSpan: said,
	dueUnit: said,
	dueMonth: said,
	dueDay: said
};
type DueFields = Record<keyof typeof dueFields, string>;

/** The fields of a due rule as the rule; undefined, with what is wrong at which field, where they say none. */
function readDue(
	fields: DueFields,
	addIssue: (issue: { message: string; path: [v.ObjectPathItem] }) => void
): DueRule | undefined {
	const { success, output, issues } = v.safeParse(dueRule, fields);
	if (success) return output;
	for (const issue of issues) {
		const key = v.getDotPath(issue) ?? 'due';
		addIssue({
			message: issue.message.startsWith('field.') ? issue.message : 'field.required',
			path: [{ type: 'object', origin: 'value', input: fields, key, value: fields[key as keyof DueFields] }]
		});
	}
	return undefined;
}

const kindOf = <const Kind extends (typeof requirementKinds)[number]>(kind: Kind) => v.literal(kind);
const chosen = <const Options extends readonly [string, ...string[]]>(options: Options) =>
	v.fallback(v.optional(v.picklist(options)), undefined);

/** One thing to ask for; without a date rule of its own, the assignment's counts. */
export const addRequirement = v.pipe(
	v.variant('kind', [
		v.object({ ...ofProgramme, ...dueFields, kind: kindOf('course'), courseId: id }),
		v.pipe(
			v.object({
				...ofProgramme,
				...dueFields,
				kind: kindOf('exam'),
				examId: v.fallback(v.optional(id), undefined),
				examPurpose: chosen(examPurposes),
				passMark: v.union(
					[
						v.pipe(
							v.optional(v.literal(''), ''),
							v.transform(() => null)
						),
						decimal(1, 100)
					],
					'field.no-decimal'
				)
			}),
			v.forward(
				v.check(
					({ examId, examPurpose }) => (examId === undefined) !== (examPurpose === undefined),
					'field.one-of-two'
				),
				['examId']
			)
		),
		v.object({
			...ofProgramme,
			...dueFields,
			kind: kindOf('event'),
			eventKind: v.picklist(eventKinds, 'field.required'),
			eventPurpose: chosen(trainingPurposes)
		}),
		v.object({
			...ofProgramme,
			...dueFields,
			kind: kindOf('hours'),
			hours: decimal(0.5, 1_000),
			hourCategory: chosen(hourCategories)
		}),
		v.pipe(
			v.object({ ...ofProgramme, ...dueFields, kind: kindOf('electives'), choose: wholeNumber(1, 50), courseIds: ids }),
			v.forward(
				v.check(({ choose, courseIds }) => courseIds.length >= choose, 'field.too-few'),
				['courseIds']
			)
		)
	]),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const { due, dueOn, dueEvent, dueSpan, dueUnit, dueMonth, dueDay, ...requirement } = dataset.value;
		if (due === '') return { ...requirement, due: null };
		const rule = readDue({ due, dueOn, dueEvent, dueSpan, dueUnit, dueMonth, dueDay }, addIssue);
		return rule ? { ...requirement, due: rule } : NEVER;
	})
);

export const changeRequirement = v.object({
	...ofProgramme,
	requirementId: id,
	to: v.optional(v.picklist(['up', 'down']), 'up')
});
export const programmeAct = v.object(ofProgramme);

/** A programme for an audience, from a day on. `id` is made with the form: sent twice, it is one assignment. */
export const assignProgramme = v.pipe(
	v.object({
		id: v.optional(id),
		...ofProgramme,
		audienceId: id,
		reason: text(300),
		startsOn: date,
		endsOn: optionalDate,
		...dueFields
	}),
	v.forward(
		v.check(({ startsOn, endsOn }) => endsOn === null || endsOn >= startsOn, 'field.before-start'),
		['endsOn']
	),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const { due, dueOn, dueEvent, dueSpan, dueUnit, dueMonth, dueDay, ...assignment } = dataset.value;
		const rule = readDue({ due, dueOn, dueEvent, dueSpan, dueUnit, dueMonth, dueDay }, addIssue);
		return rule ? { ...assignment, due: rule } : NEVER;
	})
);

export const withdrawProgramme = v.object({ assignmentId: id, because: text(300) });

/** Something learnt elsewhere that stands for what an obligation asks. */
export const grantEquivalent = v.object({
	obligationId: id,
	what: text(300),
	on: date,
	file: v.optional(v.instance(File))
});
export const revokeEquivalent = v.object({ equivalentId: id, because: text(300) });

const search = v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), '');
const cursor = v.fallback(v.nullish(v.string(), null), null);

/** What the address of the list of programmes may say; what makes no sense is passed over. */
export const programmeList = v.object({
	q: search,
	state: v.fallback(v.optional(v.picklist(['in-force', 'draft', 'archived'])), undefined),
	after: cursor,
	before: cursor
});

/** What a list of duties is narrowed to and sorted by. */
export const dutyList = v.object({
	...listing.entries,
	requirement: v.fallback(v.optional(id), undefined),
	sort: v.fallback(v.optional(v.picklist(['name', '-name', 'due', '-due'])), undefined),
	after: cursor,
	before: cursor
});

/** The same for the people behind a finding of the check. */
export const findingList = v.object({
	kind: v.fallback(v.optional(v.picklist(['uncovered', 'doubled', 'orphaned', 'impossible'])), undefined),
	after: cursor,
	before: cursor
});
