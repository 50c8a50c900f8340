import type { Ability } from '#lib/server/access/abilities.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aResult } from '../factories/assessments.ts';
import { aPerson, type Person } from '../factories/people.ts';
import type { Unit } from '../factories/units.ts';
import { addressOf } from '../factories/checks.ts';
import { aCourse } from '../factories/courses.ts';

/** Where a request is made: a unit, somebody who works there, and whoever holds the ability over it. */
export interface Place {
	ctx: Context;
	unit: Unit;
	person: Person;
	holder: Person;
}

type Values = Record<string, string>;

async function aResultThere({ ctx, unit }: Place, confirmed = false): Promise<{ result: string }> {
	const result = await aResult(ctx, { person: await aPerson(ctx, { unit }), year: 2026, confirmed });
	return { result: result.id };
}

/** Makes what a request names, in that place. Called anew for every request, so that it may change what it finds. */
type Make<Result> = (place: Place) => Result | Promise<Result>;

interface Row {
	/** Values of the route's parameters. Needed where it has any: a thing that belongs to the place. */
	params?: Make<Values>;
	/** Query of the request. */
	query?: Make<Values>;
	/** Fields that each form action takes; `default` for the unnamed one. Every action of the route has to stand here. */
	actions?: Record<string, Make<Values>>;
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
	/** What concerns everybody takes the ability over the whole tree; a part of it is not enough. */
	over?: 'everything';
	/** Abilities over other parts of the tree that carry no weight here; whoever is out of reach gets this instead of 404. */
	outOfReach?: number;
}

export type RouteAccess = Public | Own | Guarded;

/** Who may enter which route. The access test walks it; a route that is missing here fails. */
export const routeAccess: Record<string, RouteAccess> = {
	'/(app)/admin/settings': {
		open: 'to-holders',
		ability: 'settings:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything',
		actions: {
			scheme: () => ({ year: '2026', qualifiedFrom: '60', excellentFrom: '90', coursesWeight: '60', minimumHours: '0' })
		}
	},
	'/(app)/manage/results': {
		open: 'to-holders',
		ability: 'result:view',
		shows: async ({ ctx, person }) => (await aResult(ctx, { person, year: 2026 }), person.name),
		query: () => ({ year: '2026' }),
		actions: {
			propose: ({ unit }) => ({ year: '2026', unitId: unit.id }),
			confirm: async ({ ctx, unit }) => {
				await aResult(ctx, { person: await aPerson(ctx, { unit }), year: 2026 });
				return { year: '2026', unitId: unit.id, all: 'on' };
			}
		}
	},
	'/(app)/manage/results/export': { open: 'to-holders', ability: 'result:view', shows: 'everything' },
	'/(app)/manage/results/[result]': {
		open: 'to-holders',
		ability: 'result:view',
		params: (place) => aResultThere(place),
		actions: {
			decide: async (place) => ({
				resultId: (await aResultThere(place)).result,
				band: 'excellent',
				reason: '抽调办案'
			}),
			amend: async (place) => ({
				resultId: (await aResultThere(place, true)).result,
				band: 'excellent',
				reason: '核对更正'
			})
		}
	},
	'/(app)/courses/[course]/[lesson]/check': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => addressOf(await aCourse(ctx)),
		actions: {
			begin: () => ({}),
			answer: () => ({ checkId: newId(), position: '1', kind: 'numeric', number: '1', to: '2' }),
			submit: () => ({ checkId: newId() })
		}
	},
	'/(app)/courses/[course]/[lesson]/check/answers/[position]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ ...addressOf(await aCourse(ctx)), position: '1' })
	},
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
	}
};
