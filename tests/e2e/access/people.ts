import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/manage/people/find': {
		open: 'to-holders',
		ability: 'people:view',
		query: ({ person }) => ({ q: person.staffNumber }),
		shows: ({ person }) => person.name
	},
	'/(app)/manage/units/find': {
		open: 'to-holders',
		ability: 'unit:view',
		query: ({ unit }) => ({ q: unit.code }),
		shows: ({ unit }) => unit.name
	}
};
