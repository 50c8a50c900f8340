import type { Ability } from '#lib/server/access/abilities.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Person } from '../factories/people.ts';
import { anImport } from '../factories/roster-imports.ts';
import type { Unit } from '../factories/units.ts';

/** Where a request is made: a unit, somebody who works there, and whoever holds the ability over it. */
export interface Place {
	ctx: Context;
	unit: Unit;
	person: Person;
	holder: Person;
}

type Values = Record<string, string>;

/** A file that a form sends along. */
export type SentFile = { name: string; mimeType: string; buffer: Buffer };

type Fields = Record<string, string | SentFile>;

/** Makes what a request names, in that place. Called anew for every request, so that it may change what it finds. */
type Make<Result> = (place: Place) => Result | Promise<Result>;

interface Row {
	/** Values of the route's parameters. Needed where it has any: a thing that belongs to the place. */
	params?: Make<Values>;
	/** Query of the request. */
	query?: Make<Values>;
	/** Fields that each form action takes; `default` for the unnamed one. Every action of the route has to stand here. */
	actions?: Record<string, Make<Fields>>;
}

/** Everybody may, signed in or not. `status` is what somebody gets who is not (200 unless said). */
interface Public extends Row {
	open: 'to-all';
	status?: number;
}

/** Whoever is signed in may, with what is their own. `status` is what they get (200 unless said). */
interface Own extends Row {
	open: 'to-the-signed-in';
	status?: number;
}

/** Whoever holds the ability may, over what belongs to their units. */
interface Guarded extends Row {
	open: 'to-holders';
	ability: Ability;
	/**
	 * Text that the page shows to whoever holds the ability there, and to nobody who holds it elsewhere; for routes
	 * without parameters, which exist for both. `everything` where the page shows the same to all who hold the ability.
	 */
	shows?: Make<string> | 'everything';
	/** Abilities over other parts of the tree that carry no weight here; whoever is out of reach gets this instead of 404. */
	outOfReach?: number;
}

export type RouteAccess = Public | Own | Guarded;

/** Who may enter which route. The access test walks it; a route that is missing here fails. */
export const routeAccess: Record<string, RouteAccess> = {
	'/': { open: 'to-all', status: 307 },
	'/preferences': { open: 'to-all', actions: { default: () => ({ theme: 'dark', back: '/' }) } },
	'/sign-in': { open: 'to-all', actions: { default: () => ({ account: 'nobody', password: 'nothing' }) } },
	'/sign-out': { open: 'to-all', status: 303, actions: { default: () => ({}) } },
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
	},
	'/(app)/manage/people/import': {
		open: 'to-holders',
		ability: 'people:import',
		shows: async ({ ctx, unit, holder }) => (await anImport(ctx, { unit, by: holder })).fileName,
		actions: {
			default: ({ unit }) => ({
				unitId: unit.id,
				file: { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from('工号,姓名\n1,白景行') }
			})
		}
	},
	'/(app)/manage/people/import/template': { open: 'to-holders', ability: 'people:import', shows: 'everything' },
	'/(app)/manage/people/import/[import]': {
		open: 'to-holders',
		ability: 'people:import',
		params: async ({ ctx, unit, holder }) => ({ import: (await anImport(ctx, { unit, by: holder })).id }),
		actions: {
			columns: () => ({ staffNumber: '0', name: '1' }),
			choose: () => ({ none: 'new' }),
			commit: () => ({}),
			discard: () => ({})
		}
	},
	'/(app)/manage/people/import/[import]/result': {
		open: 'to-holders',
		ability: 'people:import',
		params: async ({ ctx, unit, holder }) => ({ import: (await anImport(ctx, { unit, by: holder })).id })
	}
};
