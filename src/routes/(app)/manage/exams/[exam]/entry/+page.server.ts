import * as v from 'valibot';
import * as schemas from '#lib/schemas/paper-entry.ts';
import { getEnteredExam } from '#lib/server/exams/paper-entry/entered-exam.ts';
import { countPrintedPapers, listPrintedPapers } from '#lib/server/exams/paper-entry/list-papers.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const { id } = await getEnteredExam(ctx, params.exam);
	const view = await readExam(ctx, id);
	const filter = v.parse(schemas.paperList, Object.fromEntries(url.searchParams));
	const [counts, papers] = await Promise.all([countPrintedPapers(ctx, id), listPrintedPapers(ctx, id, filter)]);
	return { view, filter, counts, papers, isOpen: view.exam.opensAt <= ctx.now && view.exam.state !== 'cancelled' };
};
