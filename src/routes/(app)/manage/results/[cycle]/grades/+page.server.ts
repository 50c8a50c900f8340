import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { gradeSheet } from '#lib/schemas/assessments.ts';
import { getWholeCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readGradeSheet } from '#lib/server/assessments/grades/import-grades.ts';
import { countGrades } from '#lib/server/assessments/grades/list-grades.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const cycle = await getWholeCycle(ctx, params.cycle, 'grade:edit');
	return {
		cycle: { id: cycle.id, year: cycle.year, unit: cycle.unit, state: cycle.state },
		counts: await countGrades(ctx, cycle)
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const ctx = locals.ctx as SignedIn;
		await getWholeCycle(ctx, params.cycle, 'grade:edit');
		let id: string;
		let values: Record<string, string> = {};
		try {
			const { fields, fileName, file } = await readUpload(request);
			values = { document: String(fields.get('document') ?? ''), decidedOn: String(fields.get('decidedOn') ?? '') };
			const { success, output, issues } = v.safeParse(gradeSheet, values);
			if (!success) {
				const errors = issues.map((issue) => [v.getDotPath(issue) ?? '', errorMessage(issue.message)]);
				return fail(400, { values, errors: Object.fromEntries(errors) as Record<string, string> });
			}
			id = await readGradeSheet(ctx, params.cycle, { fileName, file, ...output });
		} catch (error) {
			if (!(error instanceof DomainError) || error.failure !== 'invalid') throw error;
			return fail(400, { values, errors: { file: errorMessage(error.code, error.values) } as Record<string, string> });
		}
		redirect(303, `/manage/results/${params.cycle}/grades/${id}`);
	}
};
