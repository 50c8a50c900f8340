import * as schemas from '#lib/schemas/assessments.ts';
import { adjustResults } from '#lib/server/assessments/adjust-results.ts';
import { signerOf } from '#lib/server/assessments/closing/signer-of.ts';
import { signCycle } from '#lib/server/assessments/closing/sign-cycle.ts';
import { startDraft } from '#lib/server/assessments/cycle/draft-results.ts';
import { cycleStanding } from '#lib/server/assessments/cycle/cycle-standing.ts';
import { publishResults } from '#lib/server/assessments/cycle/publish-results.ts';
import { getCycle, mayWhole } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readFilter, readPlace } from '#lib/server/assessments/cycle/read-place.ts';
import { beginHrReview, beginReviews } from '#lib/server/assessments/cycle/reviews.ts';
import { countBands, listResults } from '#lib/server/assessments/queries.ts';
import { listSchemesUsed } from '#lib/server/assessments/schemes/schemes-used.ts';
import { listAdopted } from '#lib/server/assessments/schemes/read-scheme.ts';
import { can } from '#lib/server/access/scope.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const cycle = await getCycle(ctx, params.cycle);
	const place = await readPlace(ctx, cycle, url.searchParams.get('unit'));
	const { path, ...shown } = cycle;
	void path;
	const schemes = cycle.results > 0 ? await listSchemesUsed(ctx, cycle.id) : await listAdopted(ctx, cycle.year);
	return {
		cycle: { ...shown, digest: cycle.digest?.toString('hex') ?? null },
		place,
		schemes,
		standing: await cycleStanding(ctx, cycle),
		signer: await signerOf(ctx, cycle),
		may: {
			confirm: mayWhole(ctx, 'result:confirm', cycle),
			sign: mayWhole(ctx, 'result:sign', cycle),
			grade: mayWhole(ctx, 'grade:edit', cycle),
			adjust:
				place !== null &&
				((cycle.state === 'unit-review' && can(ctx.actor, 'result:review', place.path)) ||
					(cycle.state === 'hr-review' && can(ctx.actor, 'result:confirm', place.path)))
		},
		counts: place && (await countBands(ctx, cycle, place)),
		page: place
			? await listResults(ctx, readFilter(cycle, place, url), {
					after: url.searchParams.get('after'),
					before: url.searchParams.get('before')
				})
			: { rows: [], previous: null, next: null }
	};
};

type Event = { cookies: Parameters<typeof setFlash>[0]; url: URL };

/** Says what was done on the page of the cycle. */
const said =
	(text: () => string) =>
	(_: unknown, { cookies, url }: Event) => {
		setFlash(cookies, { text: text() });
		return url.pathname;
	};

export const actions: Actions = {
	draft: formAction(schemas.oneCycle, startDraft, (_, { url }) => url.pathname),
	review: formAction(schemas.oneCycle, beginReviews, said(m.assessments_reviews_begun_flash)),
	take: formAction(schemas.oneCycle, beginHrReview, said(m.assessments_taken_flash)),
	publish: formAction(schemas.oneCycle, publishResults, said(m.assessments_published_flash)),
	sign: formAction(schemas.signCycle, signCycle, said(m.assessments_signed_flash)),
	adjust: formAction(schemas.adjustMany, adjustResults, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_adjusted_flash({ count }) });
		return url.pathname;
	})
};
