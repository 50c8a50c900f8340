import { listOwnExams } from '#lib/server/exams/sitting/list-own-exams.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ exams: await listOwnExams(locals.ctx as SignedIn) });
