import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as candidateSchemas from '#lib/schemas/exam-candidates.ts';
import * as schemas from '#lib/schemas/exams.ts';
import { demand } from '#lib/server/access/scope.ts';
import { editExam } from '#lib/server/exams/edit-exam.ts';
import { listWindows } from '#lib/server/exams/list-targets.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { removeWindow, setWindow } from '#lib/server/exams/set-window.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { localTimeOf } from '#lib/server/platform/dates.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit) throw notFound('exam');
	const { exam } = view;
	if (exam.state !== 'draft') redirect(303, `/manage/exams/${exam.id}`);
	const [windows, units] = await Promise.all([
		listWindows(ctx, exam.id),
		unitChoicesFor(ctx, query, 'unitId', 'exam:edit')
	]);
	const values = {
		...Object.fromEntries(Object.entries(exam).map(([name, value]) => [name, value === null ? '' : String(value)])),
		opensAt: localTimeOf(exam.opensAt),
		closesAt: localTimeOf(exam.closesAt),
		addressRanges: exam.addressRanges.join('\n')
	};
	return { view, windows, units, values: values as Record<string, string> };
};

export const actions = {
	edit: formAction(schemas.editExam, editExam, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.exams_edited_flash() });
		return `/manage/exams/${params.exam}`;
	}),
	setWindow: formAction(candidateSchemas.setWindow, setWindow, (_, { url }) => `${url.pathname}#windows`),
	removeWindow: formAction(candidateSchemas.removeWindow, removeWindow, (_, { url }) => `${url.pathname}#windows`)
} satisfies Actions;
