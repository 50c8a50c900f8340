import { globSync } from 'node:fs';
import path from 'node:path';
import type { Ability } from '#lib/server/access/abilities.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Person } from '../factories/people.ts';
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

/** Makes what a request names, in that place. Called anew for each kind of request, so that it may change what it finds. */
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
	/** It names what belongs to the holder of the place, and nobody else sees it: the sweep reads it as them. */
	isHolders?: true;
}

/** Whoever holds the ability may, over what belongs to their units. */
interface Guarded extends Row {
	open: 'to-holders';
	ability: Ability;
	/** The ability that its actions take, where looking takes another; or that of each of them. */
	acts?: Ability | Record<string, Ability>;
	/**
	 * Text that the page shows to whoever holds the ability there, and to nobody who holds it elsewhere; for routes
	 * without parameters, which exist for both. `everything` where the page shows the same to all who hold the ability.
	 */
	shows?: Make<string> | 'everything';
	/** What concerns everybody takes the ability over the whole tree; a part of it is not enough. */
	over?: 'everything';
	/** Whether its address names a thing without parameters: then whoever is out of reach gets 404. */
	isAboutThings?: boolean;
	/** What whoever is out of reach gets instead of 404. */
	outOfReach?: number;
}

export type RouteAccess = Public | Own | Guarded;

export type Rows = Record<string, RouteAccess>;

/**
 * Who may enter which route: the rows of every file in `access/`, one file for each part of the application. The access test
 * walks them; a route that is missing fails.
 */
export const routeAccess: Rows = await readRows();

async function readRows(): Promise<Rows> {
	const files = globSync('*.ts', { cwd: path.join(import.meta.dirname, 'access') });
	const parts: { rows: Rows }[] = await Promise.all(files.map((file) => import(`./access/${file}`)));
	return Object.assign({}, ...parts.map(({ rows }) => rows));
}
