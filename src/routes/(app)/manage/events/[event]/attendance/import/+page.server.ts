import { fail } from '@sveltejs/kit';
import { demand } from '#lib/server/access/scope.ts';
import { importAttendance } from '#lib/server/events/import-attendance.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError, notFound } from '#lib/server/platform/errors.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx, 'event:edit');
	const view = await readEvent(ctx, params.event);
	if (!view.may.edit) throw notFound('event');
	return { view };
};

export const actions = {
	default: async ({ locals, request, params }) => {
		try {
			const { file } = await readUpload(request);
			return { report: await importAttendance(locals.ctx as SignedIn, { eventId: params.event, file }) };
		} catch (error) {
			if (!(error instanceof DomainError) || !['invalid', 'conflict'].includes(error.failure)) throw error;
			return fail(400, { error: errorMessage(error.code, error.values) });
		}
	}
} satisfies Actions;
