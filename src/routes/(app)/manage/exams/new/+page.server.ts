import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exams.ts';
import { demand } from '#lib/server/access/scope.ts';
import { createExam } from '#lib/server/exams/create-exam.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

/** Half a month to prepare, and a morning to sit: what the form begins with. */
const [daysAhead, opens, closes] = [14, 'T09:00', 'T11:00'];

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'exam:edit');
	const units = await unitChoicesFor(ctx, query, 'unitId', 'exam:edit');
	const day = addDays(dateOf(ctx.now), daysAhead);
	const values = initialValues(query, {
		unitId: units.units[0]?.id ?? '',
		kind: 'exam',
		title: '',
		opensAt: `${day}${opens}`,
		closesAt: `${day}${closes}`,
		minutes: '90'
	});
	return { units, values };
};

export const actions = {
	default: formAction(
		schemas.createExam,
		(ctx, input) => createExam(ctx, input, m.exams_first_paper()),
		(id) => `/manage/exams/${id}`
	)
} satisfies Actions;
