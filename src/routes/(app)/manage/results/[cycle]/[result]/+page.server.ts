import * as schemas from '#lib/schemas/assessments.ts';
import { bands } from '#lib/schemas/assessments.ts';
import { can } from '#lib/server/access/scope.ts';
import { adjustResult, commentResult } from '#lib/server/assessments/adjust-results.ts';
import { amendResult } from '#lib/server/assessments/closing/amend-result.ts';
import { ineligibleFor } from '#lib/server/assessments/eligibility.ts';
import { enterGrade } from '#lib/server/assessments/grades/enter-grade.ts';
import { decideObjection } from '#lib/server/assessments/objections.ts';
import { getResult } from '#lib/server/assessments/read-result.ts';
import { assess } from '#lib/server/assessments/score-rule.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { unitPath, cycle, ...result } = await getResult(ctx, params.result);
	if (result.cycleId !== params.cycle) throw notFound('result');
	const own = result.personId === ctx.actor.personId;
	const may = (ability: Parameters<typeof can>[1]) => !own && can(ctx.actor, ability, unitPath);
	const again = assess(result.inputs, result.scheme.rule);
	return {
		result,
		cycle: { id: cycle.id, year: cycle.year, state: cycle.state, unit: cycle.unitId },
		own,
		/** Whether the frozen inputs give the drafted result again. */
		recomputed: again?.score === Math.round(result.draftScore * 100) && again.band === result.draftBand,
		note: ineligibleFor({ band: result.holds.band, limits: result.limits }, result.scheme),
		bands: bands.filter(
			(band) => band === 'not-qualified' || result.scheme.rule.bands.some((each) => each.band === band)
		),
		may: {
			adjust:
				(cycle.state === 'unit-review' && may('result:review')) ||
				(cycle.state === 'hr-review' && may('result:confirm')),
			comment:
				['unit-review', 'hr-review', 'published'].includes(cycle.state) &&
				(may('result:review') || may('result:confirm')),
			decide: cycle.state === 'published' && may('result:confirm'),
			amend: cycle.state === 'closed' && may('result:confirm'),
			grade: ['signed', 'closed'].includes(cycle.state) && may('grade:edit'),
			openExams: can(ctx.actor, 'exam:view', unitPath)
		}
	};
};

type Event = { cookies: Parameters<typeof setFlash>[0]; url: URL };
const said =
	(text: () => string) =>
	(_: unknown, { cookies, url }: Event) => {
		setFlash(cookies, { text: text() });
		return url.pathname;
	};

export const actions: Actions = {
	adjust: formAction(schemas.adjust, adjustResult, said(m.assessments_adjusted_one_flash)),
	comment: formAction(schemas.comment, commentResult, said(m.assessments_commented_flash)),
	decide: formAction(schemas.decideObjection, decideObjection, said(m.assessments_decided_flash)),
	amend: formAction(schemas.amend, amendResult, said(m.assessments_amended_flash)),
	grade: formAction(schemas.enterGrade, enterGrade, said(m.assessments_graded_flash))
};
