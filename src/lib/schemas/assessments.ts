import * as v from 'valibot';
import { checkbox, date, decimal, id, ids, optionalText, text, wholeNumber } from './fields.ts';
import { establishments, leadershipLevels, ranks } from './people.ts';

/** Bands of the annual result, best first. */
export const bands = ['excellent', 'good', 'qualified', 'not-qualified'] as const;
export type Band = (typeof bands)[number];

export const examPurposes = ['annual', 'general', 'pre-appointment', 'post-appointment', 'class-end'] as const;
export const takes = ['best', 'last'] as const;
export const componentKinds = ['exam', 'checks', 'courses', 'unit-mark', 'hours', 'attendance'] as const;
export type ComponentKind = (typeof componentKinds)[number];
export const vetoKinds = [
	'absent',
	'failed',
	'failed-after-make-up',
	'passed-by-make-up',
	'courses-open',
	'promotion-overdue',
	'unit-below'
] as const;
export type VetoKind = (typeof vetoKinds)[number];
export const minimumKinds = ['hours', 'attendance'] as const;
export type MinimumKind = (typeof minimumKinds)[number];
/** 年度考核等次, best first. */
export const grades = ['excellent', 'competent', 'basically-competent', 'incompetent'] as const;
export type Grade = (typeof grades)[number];

/** What counts for time spent or for being there: weight takes a document that permits it (国办函〔2026〕12号). */
export const needsPermit = (kind: ComponentKind): boolean => kind === 'hours' || kind === 'attendance';

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const basis = v.pipe(v.string(), v.maxLength(200));

export const component = v.pipe(
	v.object({
		kind: v.picklist(componentKinds),
		weight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
		/** No more than this of its score counts, in percent. */
		cap: v.nullable(percent),
		basis,
		/** Exam: held for what, and which of several counts; one from which somebody was absent counts 0. */
		purpose: v.optional(v.picklist(examPurposes)),
		take: v.optional(v.picklist(takes)),
		/** Hours: how many make the full score. */
		full: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
		/** Hours and attendance: the document that permits weight for them. */
		permit: v.optional(v.string())
	}),
	v.check(({ kind, permit }) => !needsPermit(kind) || Boolean(permit?.trim()), 'scheme.weight-not-permitted'),
	v.check(({ kind, purpose, take }) => kind !== 'exam' || Boolean(purpose && take), 'field.required'),
	v.check(({ kind, full }) => kind !== 'hours' || full !== undefined, 'field.required')
);
export const minimum = v.object({
	kind: v.picklist(minimumKinds),
	/** Hours, or percent of what one was invited to. */
	least: v.pipe(v.number(), v.minValue(0), v.maxValue(1_000)),
	limit: v.picklist(bands),
	basis
});
export const veto = v.pipe(
	v.object({
		when: v.picklist(vetoKinds),
		/** The band is no better than this. */
		limit: v.picklist(bands),
		/** Mark of the unit below which it holds. */
		below: v.optional(percent),
		basis
	}),
	v.check(({ when, below }) => when !== 'unit-below' || below !== undefined, 'field.required')
);

/** The rule of a scheme: what counts how much, what holds the band down, where the bands begin. */
export const schemeRule = v.pipe(
	v.object({
		components: v.pipe(v.array(component), v.minLength(1, 'scheme.no-components'), v.maxLength(8)),
		minimums: v.array(minimum),
		vetoes: v.array(veto),
		/** From which total on, best first; below the last one: not qualified. */
		bands: v.pipe(v.array(v.object({ band: v.picklist(bands), from: percent })), v.minLength(1)),
		decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2))
	}),
	v.check(
		({ components }) => components.reduce((sum, { weight }) => sum + weight, 0) === 100,
		'scheme.weights-incomplete'
	),
	v.check(
		({ bands: used }) =>
			used.every(({ band, from }, index) => {
				const before = used[index - 1];
				return !before || (before.from >= from && bands.indexOf(before.band) < bands.indexOf(band));
			}),
		'scheme.bands-out-of-order'
	)
);
export type SchemeRule = v.InferOutput<typeof schemeRule>;
export type Component = SchemeRule['components'][number];

const optionalNumber = (from: number, to: number) =>
	v.union(
		[
			v.pipe(
				v.optional(v.literal(''), ''),
				v.transform(() => null)
			),
			decimal(from, to)
		],
		'field.no-decimal'
	);
const optionalWeight = v.union(
	[
		v.pipe(
			v.optional(v.literal(''), ''),
			v.transform(() => 0)
		),
		wholeNumber(0, 100)
	],
	'field.no-number'
);
const optionalBand = v.optional(v.picklist(['', ...bands]), '');
const line = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200, 'field.too-long')), '');

/** Rows of the form, in the order in which they are shown: two exams, then each of the others. */
export const componentRows = ['exam', 'exam2', 'checks', 'courses', 'unit-mark', 'hours', 'attendance'] as const;
export type ComponentRow = (typeof componentRows)[number];
export const kindOf = (row: ComponentRow): ComponentKind => (row === 'exam2' ? 'exam' : row);

const componentFields = Object.fromEntries(
	componentRows.flatMap((row) => [
		[`${row}-weight`, optionalWeight],
		[`${row}-cap`, optionalNumber(0, 100)],
		[`${row}-basis`, line]
	])
) as Record<`${ComponentRow}-weight`, typeof optionalWeight> &
	Record<`${ComponentRow}-cap`, ReturnType<typeof optionalNumber>> &
	Record<`${ComponentRow}-basis`, typeof line>;
const vetoFields = Object.fromEntries(
	vetoKinds.flatMap((kind) => [
		[`${kind}-limit`, optionalBand],
		[`${kind}-because`, line]
	])
) as Record<`${VetoKind}-limit`, typeof optionalBand> & Record<`${VetoKind}-because`, typeof line>;

const schemeFields = v.object({
	...componentFields,
	...vetoFields,
	name: text(80),
	basis: text(200),
	position: wholeNumber(1, 99),
	ranks: v.optional(v.array(v.picklist(ranks)), []),
	levels: v.optional(v.array(v.picklist(leadershipLevels)), []),
	establishments: v.optional(v.array(v.picklist(establishments)), []),
	leading: v.optional(v.picklist(['', 'yes', 'no']), ''),
	'exam-purpose': v.optional(v.picklist(examPurposes), 'annual'),
	'exam-take': v.optional(v.picklist(takes), 'best'),
	'exam2-purpose': v.optional(v.picklist(examPurposes), 'general'),
	'exam2-take': v.optional(v.picklist(takes), 'best'),
	'hours-full': optionalNumber(1, 1_000),
	'hours-permit': line,
	'attendance-permit': line,
	'least-hours': optionalNumber(0, 1_000),
	'least-hours-basis': line,
	'least-attendance': optionalNumber(0, 100),
	'least-attendance-basis': line,
	'unit-below-mark': optionalNumber(0, 100),
	'excellent-from': decimal(0, 100),
	'good-from': optionalNumber(0, 100),
	'qualified-from': decimal(0, 100),
	decimals: wholeNumber(0, 2)
});

/** The form of a scheme, made into its group and its rule. */
export const saveScheme = v.pipe(
	schemeFields,
	v.forward(
		v.check((fields) => fields['hours-weight'] === 0 || fields['hours-permit'] !== '', 'field.permit-needed'),
		['hours-permit']
	),
	v.forward(
		v.check((fields) => fields['attendance-weight'] === 0 || fields['attendance-permit'] !== '', 'field.permit-needed'),
		['attendance-permit']
	),
	v.transform((fields) => ({
		name: fields.name,
		basis: fields.basis,
		position: fields.position,
		group: {
			ranks: fields.ranks,
			levels: fields.levels,
			establishments: fields.establishments,
			leading: fields.leading === '' ? null : fields.leading === 'yes'
		},
		rule: ruleOf(fields)
	}))
);
export type SaveScheme = v.InferOutput<typeof saveScheme>;

function ruleOf(fields: v.InferOutput<typeof schemeFields>): unknown {
	return {
		components: componentRows
			.filter((row) => fields[`${row}-weight`] > 0)
			.map((row) => ({
				kind: kindOf(row),
				weight: fields[`${row}-weight`],
				cap: fields[`${row}-cap`],
				basis: fields[`${row}-basis`],
				...(row === 'exam' || row === 'exam2'
					? { purpose: fields[`${row}-purpose`], take: fields[`${row}-take`] }
					: {}),
				...(row === 'hours' ? { full: Math.round(fields['hours-full'] ?? 0), permit: fields['hours-permit'] } : {}),
				...(row === 'attendance' ? { permit: fields['attendance-permit'] } : {})
			})),
		minimums: minimumKinds
			.filter((kind) => fields[`least-${kind}`] !== null)
			.map((kind) => ({
				kind,
				least: fields[`least-${kind}`],
				limit: 'not-qualified',
				basis: fields[`least-${kind}-basis`]
			})),
		vetoes: vetoKinds
			.filter((when) => fields[`${when}-limit`] !== '')
			.map((when) => ({
				when,
				limit: fields[`${when}-limit`],
				...(when === 'unit-below' ? { below: fields['unit-below-mark'] ?? 60 } : {}),
				basis: fields[`${when}-because`]
			})),
		bands: [
			{ band: 'excellent', from: fields['excellent-from'] },
			...(fields['good-from'] === null ? [] : [{ band: 'good', from: fields['good-from'] }]),
			{ band: 'qualified', from: fields['qualified-from'] }
		],
		decimals: fields.decimals
	};
}

export const year = v.pipe(wholeNumber(2000, 2100));
export const newScheme = v.object({ year, from: v.optional(v.union([v.literal(''), id]), '') });
export const changeScheme = v.intersect([v.object({ scheme: id }), saveScheme]);
export const oneScheme = v.object({ scheme: id });

export const openCycle = v.object({
	year,
	unitId: id,
	reviewsDueOn: date,
	objectionDays: wholeNumber(1, 60),
	reviewDepth: wholeNumber(0, 5)
});
export const oneCycle = v.object({ cycle: id });
export const remind = v.object({ cycle: id, units: ids });
export const submitReview = v.object({ cycle: id, unitId: id });
export const returnReview = v.object({ cycle: id, unitId: id, reason: text(500) });
export const enterMark = v.object({ cycle: id, unitId: id, mark: decimal(0, 100), basis: text(200) });

/** What is changed about a result: points added or taken away, or another band outright; always with a reason. */
const change = {
	points: v.union(
		[
			v.pipe(
				v.optional(v.literal(''), ''),
				v.transform(() => 0)
			),
			v.pipe(
				v.string(),
				v.trim(),
				v.regex(/^[+\-−]?\d{1,3}(\.\d{1,2})?$/, 'field.no-decimal'),
				v.transform((value) => Number(value.replace('−', '-'))),
				v.minValue(-100, 'field.too-small'),
				v.maxValue(100, 'field.too-large')
			)
		],
		'field.no-decimal'
	),
	band: v.optional(v.picklist(['', ...bands]), ''),
	reason: text(500)
};
export const adjust = v.object({ resultId: id, ...change });
export const adjustMany = v.pipe(
	v.object({ cycle: id, resultIds: ids, ...change }),
	v.forward(
		v.check((input) => input.resultIds.length > 0, 'field.nobody-chosen'),
		['resultIds']
	)
);
export const comment = v.object({ resultId: id, text: text(500) });
export const raiseObjection = v.object({ resultId: id, reason: text(2_000) });
export const withdrawObjection = v.object({ objectionId: id });
export const decideObjection = v.object({
	objectionId: id,
	verdict: v.picklist(['upheld', 'dismissed'], 'field.required'),
	points: change.points,
	band: change.band,
	answer: text(2_000)
});

const password = v.pipe(v.string('field.required'), v.nonEmpty('field.required'), v.maxLength(200, 'field.too-long'));
export const signCycle = v.object({ cycle: id, password });
export const amend = v.object({ resultId: id, ...change, password });

export const enterGrade = v.object({
	cycle: id,
	resultId: id,
	grade: v.picklist(grades, 'field.required'),
	document: text(120),
	decidedOn: date,
	because: optionalText(300)
});
export const gradeSheet = v.object({ document: text(120), decidedOn: date });
export const commitGrades = v.object({ cycle: id, import: id, all: checkbox });
