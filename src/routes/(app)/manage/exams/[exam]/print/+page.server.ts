import { demand } from '#lib/server/access/scope.ts';
import { listCandidates } from '#lib/server/exams/list-candidates.ts';
import { type PaperView, paperOfCandidate, samplePaper } from '#lib/server/exams/paper-view.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit) throw notFound('exam');
	const q = query.get('q')?.trim().slice(0, 60) ?? '';
	const [papers, found, sheet] = await Promise.all([
		listPapers(ctx, params.exam),
		q ? listCandidates(ctx, params.exam, { scores: false, q, state: 'due' }) : null,
		sheetAsked()
	]);
	return {
		view,
		q,
		papers: papers.map(({ id, name }) => ({ id, name })),
		found: found?.rows.map(({ personId, name, staffNumber, unit, seat }) => ({
			personId,
			name,
			staffNumber,
			unit,
			seat
		})),
		sheet
	};

	/** The paper of a candidate, or one that nobody has, drawn anew for each letter. */
	async function sheetAsked() {
		if (!view.may.questions) return null;
		const [person, paperId] = [query.get('person'), query.get('paper')];
		if (person) return paperOfCandidate(ctx, { examId: params.exam, personId: person });
		if (!paperId) return null;
		const draw = (query.get('draw') ?? '1').slice(0, 8);
		const asked = { examId: params.exam, paperId, seed: `print ${draw}`, handOut: true };
		const { paper, exam } = await samplePaper(ctx, asked);
		return paper ? { exam, paper: paper satisfies PaperView, candidate: null } : null;
	}
};
