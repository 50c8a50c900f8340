import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { countOpen } from '#lib/server/exams/marking/appeal-queries.ts';
import { readListing } from '#lib/server/exams/marking/read-listing.ts';
import { readHindrance, releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { findPapers } from '#lib/server/exams/marking/results-queries.ts';
import { voidAttempt } from '#lib/server/exams/marking/void-attempt.ts';
import { listCandidates } from '#lib/server/exams/list-candidates.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import { addUpTurnout, readTurnout } from '#lib/server/exams/statistics/turnout.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	const { exam, may } = view;
	if (exam.state === 'draft') throw notFound('exam');
	const scores = seesScores(view);
	const turnout = addUpTurnout(await readTurnout(ctx, exam.id));
	return {
		view,
		scores,
		turnout: scores ? turnout : { ...turnout, passed: 0, failed: 0, excellent: 0 },
		hindrance: may.edit && exam.state === 'published' ? await readHindrance(ctx, exam.id) : null,
		open: may.decide ? await countOpen(ctx, exam.id) : null,
		person: scores ? ((await findPapers(ctx, exam.id, query.get('person') ?? '')) ?? null) : null,
		voiding: may.edit ? query.get('void') : null,
		page: await listCandidates(ctx, exam.id, {
			...readListing(query, scores),
			after: query.get('after'),
			before: query.get('before')
		}),
		copies: may.edit && may.questions,
		self: ctx.actor.personId
	};
};

export const actions = {
	release: formAction(
		schemas.theExam,
		(ctx, { exam }) => releaseExam(ctx, exam),
		(count, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_released_flash({ count }) });
			return url.pathname;
		}
	),
	void: formAction(
		schemas.voidAttempt,
		(ctx, { attemptId, because }) => voidAttempt(ctx, { attemptId, because }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_voided_flash() });
			return url.pathname;
		}
	)
} satisfies Actions;
