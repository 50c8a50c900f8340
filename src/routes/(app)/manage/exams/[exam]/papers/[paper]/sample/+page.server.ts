import { demand } from '#lib/server/access/scope.ts';
import { samplePaper } from '#lib/server/exams/paper-view.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'question:view');
	if (!isId(params.paper)) throw notFound('paper');
	const number = Math.min(Math.max(Number.parseInt(query.get('draw') ?? '1', 10) || 1, 1), 999);
	const sample = await samplePaper(ctx, { examId: params.exam, paperId: params.paper, seed: `sample ${number}` });
	const { id, title, minutes, state } = sample.exam;
	return { ...sample, exam: { id, title, minutes, state }, number };
};
