import { readPaper } from '#lib/server/exams/sitting/read-paper.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	paper: await readPaper(locals.ctx as SignedIn, params.exam, params.attempt)
});
