import * as v from 'valibot';
import { checkbox, date, id, ids, optionalText, optionalWhole, text, wholeNumber } from './fields.ts';
import { leadershipLevels, ranks } from './people.ts';

export const eventKinds = [
	'lecture',
	'training-class',
	'collective-study',
	'pre-meeting-study',
	'court-observation',
	'seminar'
] as const;
export const eventStates = ['planned', 'open', 'held', 'closed', 'cancelled'] as const;
export const eventPurposes = ['general', 'newly-promoted'] as const;
export const hourCategories = ['required', 'elective', 'online', 'class'] as const;
export const presences = ['present', 'partial', 'leave', 'absent'] as const;
export const participantStates = ['invited', 'coming', 'waiting', 'declined', 'removed'] as const;
export const outcomes = ['attended', 'partial', 'on-leave', 'absent'] as const;
export const fileParts = ['material', 'minutes', 'photo'] as const;

export type EventKind = (typeof eventKinds)[number];
export type Presence = (typeof presences)[number];

/** Shares of the sessions that may be missed with leave, as kept: rounded up, so that 1/3 of three sessions is one. */
export const leaveLimits = ['0', '0.1', '0.143', '0.2', '0.25', '0.334', '0.5'] as const;

/** Sessions of one event: half days of eight weeks. */
export const mostSessions = 80;

/** What an event is worth: halves of hours. */
const hours = v.pipe(
	v.string('field.required'),
	v.trim(),
	v.regex(/^\d{1,3}(\.[05])?$/, 'field.no-half-hours'),
	v.transform(Number),
	v.minValue(0.5, 'field.too-small'),
	v.maxValue(400, 'field.too-large')
);

const column = (longest: number) =>
	v.pipe(
		v.optional(v.array(v.pipe(v.string(), v.trim(), v.maxLength(longest, 'field.too-long'))), []),
		v.maxLength(mostSessions + 10, 'field.too-many')
	);
const clock = /^([01]\d|2[0-3]):[0-5]\d/;

/** A session as a form says it: a day of the office's calendar and two times of its clocks. */
export type SessionRow = { day: string; from: string; to: string; title: string; lecturer: string; place: string };

/** One row for each session; rows without a day are left out. */
const sessionColumns = {
	sessionDay: column(10),
	sessionFrom: column(8),
	sessionTo: column(8),
	sessionTitle: column(100),
	sessionLecturer: column(100),
	sessionPlace: column(100)
};

type Columns = v.InferOutput<v.ObjectSchema<typeof sessionColumns, undefined>>;

/** The rows of a form's sessions, in the order of time. */
export function sessionRows(columns: Columns): SessionRow[] {
	const rows = columns.sessionDay.map((day, index) => ({
		day,
		from: (columns.sessionFrom[index] ?? '').slice(0, 5),
		to: (columns.sessionTo[index] ?? '').slice(0, 5),
		title: columns.sessionTitle[index] ?? '',
		lecturer: columns.sessionLecturer[index] ?? '',
		place: columns.sessionPlace[index] ?? ''
	}));
	return rows.filter(({ day }) => day !== '').sort((a, b) => `${a.day} ${a.from}`.localeCompare(`${b.day} ${b.from}`));
}

const isWhole = (row: SessionRow) => v.is(date, row.day) && clock.test(row.from) && clock.test(row.to);
const isForward = (row: SessionRow) => row.from < row.to;
const isApart = (rows: SessionRow[]) =>
	rows.every((row, index) => index === 0 || rows[index - 1]!.day !== row.day || rows[index - 1]!.to <= row.from);

const plan = {
	kind: v.picklist(eventKinds, 'field.required'),
	purpose: v.optional(v.picklist(eventPurposes), 'general'),
	title: text(120),
	content: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.transform((value) => value.replaceAll('\r\n', '\n')),
		v.maxLength(20_000, 'field.too-long')
	),
	lecturer: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(100, 'field.too-long')),
	place: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(100, 'field.too-long')),
	...sessionColumns,
	hours,
	hourCategory: v.optional(v.picklist(hourCategories, 'field.required'), 'class'),
	capacity: v.optional(optionalWhole(1, 10_000), ''),
	leaveLimit: v.pipe(v.optional(v.picklist(leaveLimits, 'field.invalid'), '0.143'), v.transform(Number)),
	roomCode: checkbox,
	examId: v.optional(
		v.union(
			[
				v.pipe(
					v.literal(''),
					v.transform(() => null)
				),
				id
			],
			'field.invalid'
		),
		''
	),
	articles: v.pipe(v.optional(v.array(v.pipe(v.string(), v.maxLength(80))), []), v.maxLength(50, 'field.too-many')),
	articleStatute: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)),
	articleNumber: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(20))
};

/** What is wrong with the sessions of a plan; undefined where they are sound. */
function faultOf(rows: SessionRow[]): string | undefined {
	if (rows.length === 0) return 'field.required';
	if (rows.length > mostSessions) return 'field.too-many';
	if (!rows.every(isWhole)) return 'field.no-time';
	if (!rows.every(isForward)) return 'field.ends-before';
	return isApart(rows) ? undefined : 'field.sessions-overlap';
}

const soundSessions = <Input extends Columns>() =>
	v.rawCheck<Input>(({ dataset, addIssue }) => {
		if (!dataset.typed) return;
		const message = faultOf(sessionRows(dataset.value));
		const { value: input } = dataset;
		if (message)
			addIssue({
				message,
				path: [{ type: 'object', origin: 'value', input, key: 'sessionDay', value: input.sessionDay }]
			});
	});

/** Everything that an event is planned with. */
export const planEvent = v.pipe(v.object({ unitId: id, ...plan }), soundSessions());
export const editEvent = v.pipe(
	v.object({
		eventId: id,
		/** Of the plan as it was read: somebody else's change is not overwritten. */
		version: wholeNumber(1, 1_000_000),
		...plan
	}),
	soundSessions()
);

/** A class made from people who are chosen already; what is left out is filled in on the next page. */
export const planClass = v.object({
	unitId: id,
	title: text(120),
	personIds: v.pipe(ids, v.minLength(1, 'field.nobody-chosen')),
	purpose: v.optional(v.picklist(eventPurposes), 'newly-promoted')
});

export const theEvent = v.object({ eventId: id });
export const copyEvent = v.object({ eventId: id, title: text(120), startsOn: date, people: checkbox });
export const cancelEvent = v.object({ eventId: id, because: text(300) });
export const writeMinutes = v.object({
	eventId: id,
	minutes: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.transform((value) => value.replaceAll('\r\n', '\n')),
		v.maxLength(20_000, 'field.too-long')
	)
});

export const addEventFile = v.object({
	eventId: id,
	part: v.picklist(fileParts, 'field.required'),
	/** The file itself is looked into when it is kept. */
	file: v.optional(v.unknown())
});
export const removeEventFile = v.object({ eventId: id, fileId: id });

const many = <const Options extends readonly string[]>(options: Options) =>
	v.optional(v.array(v.picklist(options as unknown as [string, ...string[]], 'field.invalid')), []);

/** Whom to invite: people, units narrowed to ranks and levels, staff numbers one to a line. */
export const invite = v.pipe(
	v.object({
		eventId: id,
		unitIds: ids,
		subtree: checkbox,
		ranks: many(ranks),
		levels: many(leadershipLevels),
		personIds: ids,
		staffNumbers: v.pipe(
			v.optional(v.string(), ''),
			v.maxLength(200_000, 'field.too-long'),
			v.check((pasted) => pasted.split('\n').length <= 10_000, 'field.too-many')
		)
	}),
	v.check(
		({ unitIds, personIds, staffNumbers }) => unitIds.length + personIds.length > 0 || staffNumbers.trim() !== '',
		'field.nobody-chosen'
	)
);

const participant = { eventId: id, personId: id };
export const removeParticipant = v.object(participant);
/** The organiser enters an answer that came by word or telephone. */
export const answerFor = v.pipe(
	v.object({ ...participant, answer: v.picklist(['accept', 'decline'], 'field.required'), because: optionalText(300) }),
	v.forward(
		v.check(({ answer, because }) => answer === 'accept' || because !== null, 'field.required'),
		['because']
	)
);

/** One's own answer to an invitation. */
export const respond = v.pipe(
	v.object({ eventId: id, answer: v.picklist(['accept', 'decline'], 'field.required'), because: optionalText(300) }),
	v.forward(
		v.check(({ answer, because }) => answer === 'accept' || because !== null, 'field.required'),
		['because']
	)
);

export const enterRoomCode = v.object({ eventId: id, code: text(20) });

/** Notes of who was there as a device sends them, in the order in which they were made. */
export const attendanceNotes = v.object({
	/** What the device's clock showed at sending, in milliseconds: its clock may be wrong. */
	sentAt: v.optional(v.number()),
	notes: v.pipe(
		v.optional(
			v.array(
				v.object({
					sessionId: id,
					personId: id,
					presence: v.picklist(presences),
					/** What the device's clock showed when it was noted. */
					notedAt: v.number()
				})
			),
			[]
		),
		v.maxLength(2_000)
	)
});

/** The list of one session as a form sends it: `presence.<person>` for each name of which something is chosen. */
export const presenceForm = v.pipe(
	v.objectWithRest({ eventId: id, sessionId: id }, v.unknown()),
	v.transform(({ eventId, sessionId, ...fields }) => ({
		eventId,
		notes: Object.entries(fields).flatMap(([name, value]) => {
			const personId = /^presence\.([0-9a-f-]{36})$/.exec(name)?.[1];
			const presence = presences.find((each) => each === value);
			return personId && v.is(id, personId) && presence ? [{ sessionId, personId, presence }] : [];
		})
	}))
);

export const allPresent = v.object({ eventId: id, sessionId: id });

export const correctPresence = v.object({
	...participant,
	sessionId: id,
	presence: v.picklist(presences, 'field.required'),
	because: text(300)
});

/** Training elsewhere, as the person reports it; the proof comes along as a file. */
export const reportTraining = v.pipe(
	v.object({
		kind: v.picklist(eventKinds, 'field.required'),
		title: text(120),
		provider: text(120),
		startsOn: date,
		endsOn: date,
		hours,
		hourCategory: v.picklist(hourCategories, 'field.required'),
		/** The file itself is looked into when it is kept. */
		proof: v.optional(v.unknown())
	}),
	v.forward(
		v.check(({ startsOn, endsOn }) => startsOn <= endsOn, 'field.ends-before'),
		['endsOn']
	)
);

/** What somebody takes back of what they reported. */
export const withdrawTraining = v.object({ trainingId: id });

/** What is granted may be less than what was reported. */
export const confirmTraining = v.object({
	trainingId: id,
	hours,
	hourCategory: v.picklist(hourCategories, 'field.required')
});
export const refuseTraining = v.object({ trainingId: id, because: text(300) });

const cursor = v.fallback(v.nullish(v.string(), null), null);
const search = v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), '');
const oneOf = <const Options extends readonly string[]>(options: Options) =>
	v.fallback(v.optional(v.picklist(options)), undefined);
const year = v.fallback(v.optional(v.pipe(v.string(), v.regex(/^20\d\d$/), v.transform(Number))), undefined);

/** What the address of the list of events may say; what makes no sense is passed over. */
export const eventList = v.object({
	q: search,
	kind: oneOf(eventKinds),
	state: oneOf(eventStates),
	unit: v.fallback(v.optional(id), undefined),
	year,
	sort: oneOf(['starts', '-starts', 'title', '-title']),
	after: cursor,
	before: cursor
});

export const participantList = v.object({
	q: search,
	state: oneOf(['invited', 'coming', 'waiting', 'declined']),
	outcome: oneOf(outcomes),
	after: cursor,
	before: cursor
});

export const trainingStates = ['reported', 'confirmed', 'refused', 'revoked'] as const;

export const trainingList = v.object({
	q: search,
	state: v.fallback(v.optional(v.picklist([...trainingStates, 'all'])), undefined),
	after: cursor,
	before: cursor
});
