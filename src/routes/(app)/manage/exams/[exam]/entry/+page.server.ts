import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import * as schemas from '#lib/schemas/paper-entry.ts';
import { getEnteredExam } from '#lib/server/exams/paper-entry/entered-exam.ts';
import { importPapers } from '#lib/server/exams/paper-entry/import-papers.ts';
import { countPrintedPapers, listPrintedPapers } from '#lib/server/exams/paper-entry/list-papers.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const { id } = await getEnteredExam(ctx, params.exam);
	const view = await readExam(ctx, id);
	const filter = v.parse(schemas.paperList, Object.fromEntries(url.searchParams));
	const [counts, papers] = await Promise.all([countPrintedPapers(ctx, id), listPrintedPapers(ctx, id, filter)]);
	return { view, filter, counts, papers, isOpen: view.exam.opensAt <= ctx.now && view.exam.state !== 'cancelled' };
};

export const actions = {
	import: async ({ request, locals, params }) => {
		const ctx = locals.ctx as SignedIn;
		await getEnteredExam(ctx, params.exam);
		try {
			const { file } = await readUpload(request);
			const { refused, ...counts } = await importPapers(ctx, params.exam, file);
			const rows = refused.map(({ code, values, ...row }) => ({ ...row, why: errorMessage(code, values) }));
			return { report: { ...counts, refused: rows } };
		} catch (error) {
			if (!(error instanceof DomainError) || error.failure !== 'invalid') throw error;
			return fail(400, { refusal: errorMessage(error.code, error.values) });
		}
	}
} satisfies Actions;
