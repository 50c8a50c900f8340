import { fail } from '@sveltejs/kit';
import { demand } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { importCohort } from '#lib/server/promotions/import-cohort.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx } }) => {
	demand(ctx, 'promotion:edit');
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const ctx = locals.ctx as SignedIn;
		demand(ctx, 'promotion:edit');
		try {
			const { file } = await readUpload(request);
			return { imported: await importCohort(ctx, file), error: null };
		} catch (error) {
			if (!(error instanceof DomainError) || error.failure !== 'invalid') throw error;
			return fail(400, { imported: null, error: errorMessage(error.code, error.values) });
		}
	}
};
