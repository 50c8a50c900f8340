import { addEventFile } from '#lib/server/events/event-files.ts';
import { confirmTraining, reportTraining } from '#lib/server/events/external-training.ts';
import { newId } from '#lib/server/platform/ids.ts';
import {
	aClosedEvent,
	aHeldEvent,
	anOpenEvent,
	anOrganiser,
	aPlannedEvent,
	type MadeEvent
} from '../../factories/events.ts';
import { aPdf } from '../../factories/files.ts';
import { aPerson } from '../../factories/people.ts';
import { as } from '../../factories/units.ts';
import type { Place, Rows, SentFile } from '../route-access.ts';

const there = async ({ ctx, unit }: Place) => ({ unit, people: [await aPerson(ctx, { unit })] });

const plannedThere = async (place: Place) => aPlannedEvent(place.ctx, await there(place));
const openThere = async (place: Place, values = {}) => anOpenEvent(place.ctx, { ...(await there(place)), ...values });
const heldThere = async (place: Place) => aHeldEvent(place.ctx, await there(place));
const closedThere = async (place: Place) => aClosedEvent(place.ctx, await there(place));

const withId = (make: (place: Place) => Promise<MadeEvent>) => async (place: Place) => ({
	event: (await make(place)).event.id
});
const theEvent = (make: (place: Place) => Promise<MadeEvent>) => async (place: Place) => ({
	eventId: (await make(place)).event.id
});
const aParticipant = (make: (place: Place) => Promise<MadeEvent>) => async (place: Place) => {
	const { event, people } = await make(place);
	return { eventId: event.id, personId: people[0]!.id };
};
const aSession = (make: (place: Place) => Promise<MadeEvent>) => async (place: Place) => {
	const { event, sessions, people } = await make(place);
	return { eventId: event.id, sessionId: sessions[0]!.id, [`presence.${people[0]!.id}`]: 'present' };
};

const pdf: SentFile = { name: '材料.pdf', mimeType: 'application/pdf', buffer: aPdf() };

const plan = {
	kind: 'lecture',
	title: '社会保险法讲座',
	hours: '3',
	'sessionDay[]': '2026-12-07',
	'sessionFrom[]': '09:00',
	'sessionTo[]': '11:30'
};

async function withFile(place: Place) {
	const made = await plannedThere(place);
	const upload = { name: '讲义.pdf', bytes: aPdf() };
	const file = await addEventFile(made.organiser, { eventId: made.event.id, part: 'material', upload });
	return { event: made.event.id, file };
}

async function aReport({ ctx, unit }: Place): Promise<string> {
	const { id } = await aPerson(ctx, { unit });
	return reportOf(ctx, id);
}

const reportOf = (ctx: Place['ctx'], personId: string) =>
	reportTraining(
		as(ctx, personId),
		{
			...{ kind: 'training-class', title: `外出培训${newId()}`, provider: '省委党校', hours: 8, hourCategory: 'class' },
			...{ startsOn: '2026-03-02', endsOn: '2026-03-03' }
		},
		{ name: '证明.pdf', bytes: aPdf() }
	);

const ofHolder = async ({ ctx, holder }: Place) => ({ event: (await anOpenEvent(ctx, { people: [holder] })).event.id });

export const rows: Rows = {
	'/(app)/manage/events': {
		open: 'to-holders',
		ability: 'event:view',
		shows: async ({ ctx, unit }) => (await aPlannedEvent(ctx, { unit, title: `讲座${newId()}`, people: 0 })).event.title
	},
	'/(app)/manage/events/export': { open: 'to-holders', ability: 'event:view', shows: 'everything' },
	'/(app)/manage/events/articles': {
		open: 'to-holders',
		ability: 'event:edit',
		shows: 'everything',
		query: () => ({ q: '合同' })
	},
	'/(app)/manage/events/new': {
		open: 'to-holders',
		ability: 'event:edit',
		shows: ({ unit }) => unit.name,
		actions: { default: ({ unit }) => ({ unitId: unit.id, ...plan }) }
	},
	'/(app)/manage/events/[event]': {
		open: 'to-holders',
		ability: 'event:view',
		acts: 'event:edit',
		params: withId(plannedThere),
		actions: {
			open: theEvent(plannedThere),
			hold: theEvent((place) => openThere(place, { inDays: -1 })),
			close: theEvent(heldThere),
			cancel: async (place) => ({ ...(await theEvent(plannedThere)(place)), because: '另行安排' }),
			copy: async (place) => ({ ...(await theEvent(plannedThere)(place)), title: '第二期', startsOn: '2026-12-14' })
		}
	},
	'/(app)/manage/events/[event]/edit': {
		open: 'to-holders',
		ability: 'event:edit',
		params: withId(plannedThere),
		actions: { default: async (place) => ({ ...(await theEvent(plannedThere)(place)), version: '1', ...plan }) }
	},
	'/(app)/manage/events/[event]/participants': {
		open: 'to-holders',
		ability: 'event:view',
		acts: 'event:edit',
		params: withId(openThere),
		actions: {
			answer: async (place) => ({ ...(await aParticipant(openThere)(place)), answer: 'accept' }),
			remove: aParticipant(openThere)
		}
	},
	'/(app)/manage/events/[event]/participants/add': {
		open: 'to-holders',
		ability: 'event:edit',
		params: withId(plannedThere),
		actions: {
			default: async (place) => ({
				...(await theEvent(plannedThere)(place)),
				'personIds[]': (await aPerson(place.ctx, { unit: place.unit })).id
			})
		}
	},
	'/(app)/manage/events/[event]/attendance': {
		open: 'to-holders',
		ability: 'event:view',
		acts: 'event:edit',
		params: withId(heldThere),
		actions: {
			note: aSession(heldThere),
			all: aSession(heldThere),
			correct: async (place) => {
				const { event, sessions, people } = await closedThere(place);
				const [session] = sessions;
				const who = { eventId: event.id, personId: people[0]!.id, sessionId: session!.id };
				return { ...who, presence: 'leave', because: '补交了请假条' };
			}
		}
	},
	'/(app)/manage/events/[event]/attendance/notes': {
		open: 'to-holders',
		ability: 'event:edit',
		params: withId(heldThere)
	},
	'/(app)/manage/events/[event]/attendance/export': {
		open: 'to-holders',
		ability: 'event:view',
		params: withId(heldThere)
	},
	'/(app)/manage/events/[event]/attendance/import': {
		open: 'to-holders',
		ability: 'event:edit',
		params: withId(heldThere),
		actions: {
			default: () => ({ file: { name: '签到.csv', mimeType: 'text/csv', buffer: Buffer.from('工号,第1场\nX1,到\n') } })
		}
	},
	'/(app)/manage/events/[event]/files': {
		open: 'to-holders',
		ability: 'event:view',
		acts: 'event:edit',
		params: withId(plannedThere),
		actions: {
			add: async (place) => ({ ...(await theEvent(plannedThere)(place)), part: 'material', file: pdf }),
			remove: async (place) => {
				const { event, file } = await withFile(place);
				return { eventId: event, fileId: file };
			},
			minutes: async (place) => ({ ...(await theEvent(plannedThere)(place)), minutes: '学习讨论' })
		}
	},
	'/(app)/manage/events/[event]/files/[file]': { open: 'to-holders', ability: 'event:view', params: withFile },
	'/(app)/manage/events/[event]/print': { open: 'to-holders', ability: 'event:view', params: withId(closedThere) },
	'/(app)/manage/events/[event]/room': {
		open: 'to-holders',
		ability: 'event:edit',
		params: withId((place) => openThere(place, { roomCode: true }))
	},
	'/(app)/manage/events/[event]/room/code': {
		open: 'to-holders',
		ability: 'event:edit',
		params: withId((place) => openThere(place, { roomCode: true }))
	},
	'/(app)/manage/events/external': {
		open: 'to-holders',
		ability: 'hours:confirm',
		shows: async ({ ctx, unit }) => {
			const person = await aPerson(ctx, { unit });
			await reportOf(ctx, person.id);
			return person.name;
		},
		actions: {
			confirm: async (place) => ({ trainingId: await aReport(place), hours: '8', hourCategory: 'class' }),
			refuse: async (place) => ({ trainingId: await aReport(place), because: '证明看不清' }),
			revoke: async (place) => {
				const trainingId = await aReport(place);
				const hr = await anOrganiser(place.ctx);
				await confirmTraining(hr, { trainingId, hours: 8, hourCategory: 'class' });
				return { trainingId, because: '证明不属实' };
			}
		}
	},
	'/(app)/events': { open: 'to-the-signed-in' },
	'/(app)/events/[event]': {
		open: 'to-the-signed-in',
		status: 404,
		isHolders: true,
		params: ofHolder,
		actions: {
			respond: () => ({ eventId: newId(), answer: 'accept' }),
			room: () => ({ eventId: newId(), code: '123456' })
		}
	},
	'/(app)/events/[event]/calendar': { open: 'to-the-signed-in', status: 404, params: ofHolder },
	'/(app)/events/[event]/files/[file]': {
		open: 'to-the-signed-in',
		status: 404,
		params: async (place) => ({ ...(await ofHolder(place)), file: newId() })
	},
	'/(app)/record/external': {
		open: 'to-the-signed-in',
		actions: {
			withdraw: () => ({ trainingId: newId() }),
			report: () => ({
				...{ title: '行政复议培训', provider: '省委党校', kind: 'training-class', startsOn: '2026-03-02' },
				...{ endsOn: '2026-03-03', hours: '8', hourCategory: 'class', proof: pdf }
			})
		}
	},
	'/(app)/record/external/[training]/proof': {
		open: 'to-the-signed-in',
		status: 404,
		params: async (place) => ({ training: await aReport(place) })
	}
};
