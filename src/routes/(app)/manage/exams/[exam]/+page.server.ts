import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exams.ts';
import { cancelExam } from '#lib/server/exams/cancel-exam.ts';
import { createMakeUp } from '#lib/server/exams/create-make-up.ts';
import { duplicateExam } from '#lib/server/exams/duplicate-exam.ts';
import { extendExam } from '#lib/server/exams/extend-exam.ts';
import { listWindows, previewCandidates } from '#lib/server/exams/list-targets.ts';
import { publishExam } from '#lib/server/exams/publish-exam.ts';
import { readBlueprint } from '#lib/server/exams/read-blueprint.ts';
import { countCandidates, readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { addDays, dateOf, instantAt, localTimeOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['publish', 'cancel', 'extend', 'copy', 'makeUp'] as const;

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	const { exam, may } = view;
	const scores = seesScores(view);
	const setting = exam.state === 'draft' && may.edit;
	const act = may.edit ? acts.find((act) => query.get('act') === act) : undefined;
	const [counts, windows, blueprint, preview] = await Promise.all([
		countCandidates(ctx, exam.id, scores),
		listWindows(ctx, exam.id),
		may.edit ? readBlueprint(ctx, exam) : null,
		setting ? previewCandidates(ctx, exam.id) : null
	]);
	return {
		view,
		counts,
		windows,
		scores,
		papers: blueprint && {
			count: blueprint.papers.length,
			sections: blueprint.papers.reduce((sum, { sections }) => sum + sections.length, 0),
			totals: blueprint.feasibility.map(({ total }) => total),
			feasible: blueprint.feasibility.every(({ feasible }) => feasible)
		},
		preview: preview && { count: preview.count, withoutPaper: preview.withoutPaper },
		act: act ?? null,
		/** What the dialogs begin with. */
		later: {
			closesAt: localTimeOf(exam.closesAt),
			opens: `${addDays(dateOf(ctx.now), 14)}T${localTimeOf(exam.opensAt).slice(11)}`,
			closes: `${addDays(dateOf(ctx.now), 14)}T${localTimeOf(exam.closesAt).slice(11)}`
		},
		now: ctx.now
	};
};

const toExam = (id: string) => `/manage/exams/${id}`;

export const actions = {
	publish: formAction(
		schemas.theExam,
		(ctx, { examId }) => publishExam(ctx, examId),
		(count, { cookies, url }) => {
			setFlash(cookies, { text: m.exams_published_flash({ count }) });
			return url.pathname;
		}
	),
	cancel: formAction(schemas.cancelExam, cancelExam, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.exams_cancelled_flash() });
		return url.pathname;
	}),
	extend: formAction(schemas.extendExam, extendExam, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.exams_extended_flash({ count }) });
		return url.pathname;
	}),
	copy: formAction(schemas.copyExam, duplicateExam, (id, { cookies }) => {
		setFlash(cookies, { text: m.exams_copied_flash() });
		return toExam(id);
	}),
	makeUp: formAction(
		schemas.copyExam,
		(ctx, { opensAt, closesAt, ...input }) =>
			createMakeUp(ctx, { ...input, opensAt: instantAt(opensAt), closesAt: instantAt(closesAt) }),
		(id, { cookies }) => {
			setFlash(cookies, { text: m.exams_make_up_flash() });
			return toExam(id);
		}
	)
} satisfies Actions;
