import { fail, redirect } from '@sveltejs/kit';
import { listImports, listImportUnits } from '#lib/server/people/roster/queries.ts';
import { limits } from '#lib/server/people/roster/limits.ts';
import { startImport } from '#lib/server/people/roster/start-import.ts';
import { demand } from '#lib/server/access/scope.ts';
import { env } from '#lib/server/platform/env.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	imports: await listImports(ctx),
	units: await listImportUnits(ctx),
	limits: { megabytes: env.MINGFA_UPLOAD_LIMIT, rows: limits.rows }
});

export const actions: Actions = {
	default: async ({ request, locals: { ctx } }) => {
		demand(ctx, 'people:import');
		let importId: string;
		try {
			const { fields, ...upload } = await readUpload(request);
			const unitId = String(fields.get('unitId') ?? '');
			importId = await startImport(ctx, {
				unitId: isId(unitId) ? unitId : ((await listImportUnits(ctx))[0]?.id ?? ''),
				...upload
			});
		} catch (error) {
			if (!(error instanceof DomainError) || error.failure !== 'invalid') throw error;
			return fail(400, { errors: { file: errorMessage(error.code, error.values) } });
		}
		redirect(303, `/manage/people/import/${importId}`);
	}
};
