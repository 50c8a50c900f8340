import * as v from 'valibot';
import * as schemas from '#lib/schemas/exams.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { listExams } from '#lib/server/exams/list-exams.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const filter = v.parse(schemas.examList, Object.fromEntries(url.searchParams));
	return { ...(await listExams(ctx, filter)), filter, mayEdit: canSomewhere(ctx.actor, 'exam:edit') };
};
