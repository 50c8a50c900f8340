import { m } from '#lib/paraglide/messages.js';
import { getEnteredExam } from '#lib/server/exams/paper-entry/entered-exam.ts';
import { countSlots, eachWaiting, type PaperLine } from '#lib/server/exams/paper-entry/list-papers.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** Whose papers wait to be entered, by seat, with a column to each question. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const exam = await getEnteredExam(ctx, params.exam);
	const slots = await countSlots(ctx, exam.id);
	return xlsxResponse<PaperLine>(ctx, `${exam.title}-${m.exams_tab_entry()}`, {
		title: exam.title,
		rows: eachWaiting(ctx, exam.id),
		columns: [
			{ header: m.exams_column_seat(), width: 8, value: ({ seat }) => seat },
			{ header: m.exams_column_name(), value: ({ name }) => name },
			{ header: m.exams_column_number(), value: ({ staffNumber }) => staffNumber },
			...Array.from({ length: slots }, (_, index) => ({ header: String(index + 1), width: 6, value: () => '' }))
		]
	});
};
