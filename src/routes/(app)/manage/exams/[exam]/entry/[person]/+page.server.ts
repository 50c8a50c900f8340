import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/paper-entry.ts';
import { enterPaper } from '#lib/server/exams/paper-entry/enter-paper.ts';
import { nextPrintedPaper } from '#lib/server/exams/paper-entry/list-papers.ts';
import { readEntrySheet } from '#lib/server/exams/paper-entry/read-sheet.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const sheet = await readEntrySheet(ctx, params.exam, params.person);
	const asked = schemas.entryWays.find((way) => way === url.searchParams.get('way'));
	return {
		view: await readExam(ctx, params.exam),
		sheet,
		way: asked ?? sheet.entries[0]?.way ?? 'answers',
		isOpen: sheet.exam.opensAt <= ctx.now
	};
};

export const actions = {
	default: formAction(schemas.enterPaper, enterPaper, async (_, { cookies, locals, params }) => {
		const ctx = locals.ctx as SignedIn;
		const [exam, person] = [params.exam!, params.person!];
		const { name, seat } = await readEntrySheet(ctx, exam, person);
		const next = await nextPrintedPaper(ctx, exam, person);
		setFlash(cookies, { text: m.exams_entry_flash({ name: seat ? `${seat} ${name}` : name }) });
		return `/manage/exams/${exam}/entry${next ? `/${next}` : ''}`;
	})
} satisfies Actions;
