import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exam-candidates.ts';
import { demand } from '#lib/server/access/scope.ts';
import { addCandidates } from '#lib/server/exams/add-candidates.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit || view.exam.state !== 'published') throw notFound('exam');
	const personQ = query.get('personIds[]Q')?.trim() ?? '';
	return { view, personQ, people: await findPeople(ctx, { q: personQ, ability: 'exam:edit' }) };
};

export const actions = {
	default: formAction(schemas.addCandidates, addCandidates, ({ added, refused }, { cookies, params }) => {
		if (refused.length > 0) return null;
		setFlash(cookies, { text: m.exams_candidates_added({ count: added }) });
		return `/manage/exams/${params.exam}/candidates`;
	})
} satisfies Actions;
