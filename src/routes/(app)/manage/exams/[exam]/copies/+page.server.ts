import { readFrozenPapers } from '#lib/server/exams/marking/frozen-papers.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit || view.exam.state === 'draft') throw notFound('exam');
	const asked = { person: query.get('person'), after: query.get('after'), before: query.get('before') };
	return {
		view,
		unit: view.unit,
		papers: view.may.questions ? await readFrozenPapers(ctx, view, asked) : null
	};
};
