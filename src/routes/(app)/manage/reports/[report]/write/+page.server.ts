import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/unit-reports.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { listComments } from '#lib/server/unit-reports/comments.ts';
import { addEvidence, removeEvidence } from '#lib/server/unit-reports/evidence.ts';
import { addFigure, removeFigure } from '#lib/server/unit-reports/keep-figures.ts';
import { readDraft } from '#lib/server/unit-reports/read-draft.ts';
import { getReport } from '#lib/server/unit-reports/report-queries.ts';
import { isOpenToWriting } from '#lib/server/unit-reports/report-state.ts';
import { saveSection } from '#lib/server/unit-reports/save-section.ts';
import { can } from '#lib/server/access/scope.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { neededUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { cycle: _, ...report } = await getReport(ctx, params.report);
	if (!can(ctx.actor, 'report:write', report.unitPath)) throw notFound('report');
	if (!isOpenToWriting(report.state)) redirect(303, `/manage/reports/${report.id}`);
	const [draft, comments] = await Promise.all([readDraft(ctx, report), listComments(ctx, report.id)]);
	return {
		report,
		draft,
		comments: comments.filter(({ settledAt }) => settledAt === null),
		today: dateOf(ctx.now),
		limit: largestFile
	};
};

const here =
	(part: string) =>
	(_: unknown, { url }: { url: URL }) =>
		`${url.pathname}${part}`;

export const actions = {
	/** Without a script: somebody else's text that came first is shown beside one's own. */
	save: formAction(schemas.saveSection, saveSection, (saving, { cookies, url }) => {
		if (!saving.saved) return null;
		setFlash(cookies, { text: m.report_saved_flash() });
		return url.pathname;
	}),
	figure: formAction(schemas.addFigure, addFigure, here('#figures')),
	removeFigure: formAction(schemas.removeFigure, removeFigure, here('#figures')),
	evidence: formAction(
		schemas.addEvidence,
		async (ctx, { reportId, section, file }) =>
			addEvidence(ctx, { reportId, section, upload: await neededUpload(file) }),
		here('#evidence')
	),
	removeEvidence: formAction(schemas.removeEvidence, removeEvidence, here('#evidence'))
} satisfies Actions;
