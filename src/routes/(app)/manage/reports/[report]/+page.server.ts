import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/unit-reports.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import { addComment, listComments, settleComment } from '#lib/server/unit-reports/comments.ts';
import { filingsOf } from '#lib/server/unit-reports/cycle-queries.ts';
import { acceptReport, returnReport, signReport } from '#lib/server/unit-reports/decide-report.ts';
import { daysLate } from '#lib/server/unit-reports/points-off.ts';
import { readDraft } from '#lib/server/unit-reports/read-draft.ts';
import { getReport, listExtensions, listVersions } from '#lib/server/unit-reports/report-queries.ts';
import { isOpenToWriting } from '#lib/server/unit-reports/report-state.ts';
import { submitReport } from '#lib/server/unit-reports/submit-report.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['submit', 'return', 'accept', 'sign'] as const;
const daysToMend = 10;

/** The draft for those who write it, while it is one; for everybody else what was handed in last. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { cycle: _, ...report } = await getReport(ctx, params.report);
	const [versions, comments, extensions] = await Promise.all([
		listVersions(ctx, report.id),
		listComments(ctx, report.id),
		listExtensions(ctx, report.id)
	]);
	const latest = versions[0] ?? null;
	const isDraft = isOpenToWriting(report.state) && report.may.seeDraft;
	const content = isDraft ? await readDraft(ctx, report) : (latest?.content ?? null);
	const today = dateOf(ctx.now);
	const filings = filingsOf(
		versions.map(({ dueOn, submittedAt }) => ({ dueOn, at: submittedAt })),
		report,
		today
	);
	const asked = url.searchParams.get('act');
	return {
		report,
		content,
		isDraft,
		latest: latest && { ...latest, content: null },
		versions: versions.length,
		comments: report.may.comment ? comments : [],
		extensions,
		late: Math.max(0, ...filings.map(daysLate)),
		againBy: addDays(today, daysToMend),
		act: acts.find((act) => act === asked) ?? null
	};
};

const saying =
	(text: () => string) =>
	(_: unknown, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: text() });
		return url.pathname;
	};

export const actions = {
	submit: formAction(schemas.theReport, submitReport, saying(m.report_submitted_flash)),
	return: formAction(schemas.returnReport, returnReport, saying(m.report_returned_flash)),
	accept: formAction(schemas.acceptReport, acceptReport, saying(m.report_accepted_flash)),
	sign: formAction(schemas.theReport, signReport, saying(m.report_signed_flash)),
	comment: formAction(schemas.addComment, addComment, saying(m.report_commented_flash)),
	settle: formAction(schemas.settleComment, settleComment, saying(m.report_settled_flash))
} satisfies Actions;
