import * as schemas from '#lib/schemas/audiences.ts';
import { demand } from '#lib/server/access/scope.ts';
import { createPeopleList } from '#lib/server/programmes/audiences/keep-people-list.ts';
import { listUnitChoices } from '#lib/server/units/find-units.ts';
import { readList } from '../read-list.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demand(ctx, 'programme:edit');
	return { units: await listUnitChoices(ctx, 'programme:edit') };
};

export const actions = {
	default: (event) => readList(event, schemas.peopleList, createPeopleList)
} satisfies Actions;
