import * as schemas from '#lib/schemas/assessments.ts';
import { getWholeCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { commitGrades, getGradeSheet } from '#lib/server/assessments/grades/import-grades.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Rows that are shown; all are written. */
const shown = 500;

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const cycle = await getWholeCycle(ctx, params.cycle, 'grade:edit');
	const { rows, ...sheet } = await getGradeSheet(ctx, params.cycle, params.import);
	const wrong = rows.filter(({ problem }) => problem !== null);
	const right = rows.filter(({ problem }) => problem === null);
	return {
		cycle: { id: cycle.id, year: cycle.year },
		sheet,
		writable: right.length,
		wrong: wrong.length,
		rows: [...wrong, ...right].slice(0, shown)
	};
};

export const actions: Actions = {
	default: formAction(schemas.commitGrades, commitGrades, (count, { cookies, params }) => {
		setFlash(cookies, { text: m.assessments_grades_written_flash({ count }) });
		return `/manage/results/${params.cycle}/grades`;
	})
};
