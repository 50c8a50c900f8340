import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { lookUp } from '#lib/schemas/people.ts';
import { findUnits } from '#lib/server/units/find-units.ts';
import type { RequestHandler } from './$types';

/** Units by what is typed, for choosing one, within reach of the ability that the choice is for. */
export const GET: RequestHandler = async ({ locals, url }) =>
	json(await findUnits(locals.ctx, v.parse(lookUp, Object.fromEntries(url.searchParams))));
