import { json } from '@sveltejs/kit';
import { demand } from '#lib/server/access/scope.ts';
import { findSectionQuestions } from '#lib/server/exams/read-blueprint.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** Questions that a fixed section could list, by what is typed: for whoever may see the questions of the bank there. */
export const GET: RequestHandler = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const { exam, may } = await readExam(ctx, params.exam);
	if (!may.edit) throw notFound('exam');
	if (!may.questions) return json([]);
	const q = (query.get('q') ?? '').trim().slice(0, 60);
	return json(await findSectionQuestions(ctx, exam, { kind: query.get('kind') ?? '', q }));
};
