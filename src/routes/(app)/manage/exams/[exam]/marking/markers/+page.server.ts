import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { addMarker, removeMarker } from '#lib/server/exams/marking/change-markers.ts';
import { listMarkers } from '#lib/server/exams/marking/marking-queries.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit || view.exam.state === 'draft') throw notFound('exam');
	return { view, markers: await listMarkers(ctx, params.exam) };
};

export const actions = {
	add: formAction(
		schemas.addMarker,
		(ctx, { exam, staffNumber }) => addMarker(ctx, { examId: exam, staffNumber }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_added() });
			return url.pathname;
		}
	),
	remove: formAction(
		schemas.removeMarker,
		(ctx, { exam, personId }) => removeMarker(ctx, { examId: exam, personId }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_removed() });
			return url.pathname;
		}
	)
} satisfies Actions;
