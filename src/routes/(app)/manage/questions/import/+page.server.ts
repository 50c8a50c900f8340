import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { uploadQuestions } from '#lib/schemas/question-exchange.ts';
import { demand } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { env } from '#lib/server/platform/env.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { keepQuestionImport, listKeptUnits } from '#lib/server/questions/exchange/kept-imports.ts';
import { limits } from '#lib/server/questions/formats/limits.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { fieldsOf } from '#lib/server/web/form-fields.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';
import type { Actions, PageServerLoad } from './$types';

const megabyte = 2 ** 20;

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	units: await listKeptUnits(ctx),
	limits: {
		megabytes: Math.min(env.MINGFA_UPLOAD_LIMIT, limits.bytes / megabyte),
		questions: limits.questions
	}
});

export const actions: Actions = {
	default: async ({ request, locals: { ctx } }) => {
		demand(ctx, 'question:edit');
		let importId: string;
		try {
			const { fields, ...upload } = await readUpload(request);
			const { unitId, use, format } = v.parse(uploadQuestions, fieldsOf(fields));
			const unit = unitId ?? (await listKeptUnits(ctx))[0]?.id ?? '';
			importId = await keepQuestionImport(ctx as SignedIn, { unitId: unit, use, format, ...upload });
		} catch (error) {
			if (!(error instanceof DomainError) || error.failure !== 'invalid') throw error;
			const at = error.field === 'format' ? 'format' : 'file';
			return fail(400, {
				errors: { [at]: errorMessage(error.code, error.values) } as { file?: string; format?: string }
			});
		}
		redirect(303, `/manage/questions/import/${importId}`);
	}
};
