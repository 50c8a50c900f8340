import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exam-candidates.ts';
import { assignSeats } from '#lib/server/exams/assign-seats.ts';
import { type CandidateLine, eachCandidate } from '#lib/server/exams/list-candidates.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

/** More than a hall holds, and as much as a page should. */
const most = 3_000;

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (view.exam.state === 'draft' || !view.exam.onSite) throw notFound('exam');
	const rows: Pick<CandidateLine, 'personId' | 'name' | 'staffNumber' | 'unit' | 'seat' | 'extraMinutes'>[] = [];
	for await (const line of eachCandidate(ctx, view.exam.id, { scores: false, state: 'due', sort: 'seat' })) {
		const { personId, name, staffNumber, unit, seat, extraMinutes } = line;
		rows.push({ personId, name, staffNumber, unit, seat, extraMinutes });
		if (rows.length === most) break;
	}
	return { view, rows };
};

export const actions = {
	assign: formAction(schemas.assignSeats, assignSeats, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.exams_seated_flash({ count }) });
		return url.pathname;
	})
} satisfies Actions;
