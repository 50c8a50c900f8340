import { anAudience, aPeopleList } from '../../factories/audiences.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

const audienceOf = async ({ ctx, unit, person }: Place) =>
	(await anAudience(ctx, { unit, by: person, rule: { any: [{ leading: true }, { people: { ids: [person.id] } }] } }))
		.id;
const listOf = async ({ ctx, unit, person }: Place) => (await aPeopleList(ctx, { unit, members: [person] })).id;
const file = async ({ ctx, unit }: Place) => {
	const { staffNumber } = await aPerson(ctx, { unit });
	return { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(`工号\n${staffNumber}\nX0000`) };
};

const isLeading = { 'r:kind': 'all', 'r.0:kind': 'leading', 'r.0:is': 'on' };
let made = 0;
const aName = () => `范围 ${process.pid} ${++made}`;

export const rows: Rows = {
	'/(app)/manage/audiences': {
		open: 'to-holders',
		ability: 'programme:view',
		shows: async ({ ctx, unit, person }) => (await anAudience(ctx, { unit, by: person, name: aName() })).name
	},
	'/(app)/manage/audiences/new': {
		open: 'to-holders',
		ability: 'programme:edit',
		shows: ({ unit }) => unit.name,
		actions: {
			step: ({ unit }) => ({ ...isLeading, unitId: unit.id, step: 'add r', 'r:new': 'rank' }),
			save: ({ unit }) => ({ ...isLeading, unitId: unit.id, name: aName() })
		}
	},
	'/(app)/manage/audiences/[audience]': {
		open: 'to-holders',
		ability: 'programme:view',
		acts: 'programme:edit',
		params: async (place) => ({ audience: await audienceOf(place) }),
		query: ({ person }) => ({ person: person.id }),
		actions: {
			copy: async (place) => ({ audienceId: await audienceOf(place), name: aName() }),
			archive: async (place) => ({ audienceId: await audienceOf(place) })
		}
	},
	'/(app)/manage/audiences/[audience]/edit': {
		open: 'to-holders',
		ability: 'programme:edit',
		params: async (place) => ({ audience: await audienceOf(place) }),
		actions: {
			step: () => ({ ...isLeading, step: 'wrap r.0' }),
			save: () => ({ ...isLeading, name: aName(), number: '1' })
		}
	},
	'/(app)/manage/audiences/lists': {
		open: 'to-holders',
		ability: 'programme:view',
		shows: async ({ ctx, unit, person }) => (await aPeopleList(ctx, { unit, members: [person], name: aName() })).name
	},
	'/(app)/manage/audiences/lists/new': {
		open: 'to-holders',
		ability: 'programme:edit',
		shows: ({ unit }) => unit.name,
		actions: { default: async (place) => ({ unitId: place.unit.id, name: aName(), file: await file(place) }) }
	},
	'/(app)/manage/audiences/lists/[list]': {
		open: 'to-holders',
		ability: 'programme:view',
		acts: 'programme:edit',
		params: async (place) => ({ list: await listOf(place) }),
		actions: {
			replace: async (place) => ({ file: await file(place) }),
			remove: async (place) => ({ listId: await listOf(place) })
		}
	}
};
