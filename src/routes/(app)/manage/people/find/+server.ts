import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { lookUp } from '#lib/schemas/people.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import type { RequestHandler } from './$types';

/** People by what is typed, for choosing one: at most a dozen, within reach of the ability that the choice is for. */
export const GET: RequestHandler = async ({ locals, url }) =>
	json(await findPeople(locals.ctx, v.parse(lookUp, Object.fromEntries(url.searchParams))));
