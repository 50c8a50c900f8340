import { demand } from '#lib/server/access/scope.ts';
import { listCandidates } from '#lib/server/exams/list-candidates.ts';
import { samplePaper } from '#lib/server/exams/paper-view.ts';
import { paperOfCandidate, papersAtOnce, papersBySeat } from '#lib/server/exams/print-papers.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import { countCandidates, readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit) throw notFound('exam');
	const q = query.get('q')?.trim().slice(0, 60) ?? '';
	const [papers, counts, found, sheets] = await Promise.all([
		listPapers(ctx, params.exam),
		countCandidates(ctx, params.exam, false),
		q ? listCandidates(ctx, params.exam, { scores: false, q, state: 'due' }) : null,
		sheetsAsked()
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
		/** The papers of everybody in portions: after how many each begins. */
		portions: Array.from({ length: Math.ceil(counts.prepared / papersAtOnce) }, (_, place) => ({
			from: place * papersAtOnce,
			to: Math.min((place + 1) * papersAtOnce, counts.prepared)
		})),
		sheets
	};

	/** The paper of a candidate, of many, or one that nobody has, drawn anew for each letter. */
	async function sheetsAsked() {
		if (!view.may.questions) return [];
		const [person, paperId, from] = [query.get('person'), query.get('paper'), query.get('from')];
		if (person) return [await paperOfCandidate(ctx, { examId: params.exam, personId: person })];
		if (from !== null && /^\d{1,6}$/.test(from))
			return (await papersBySeat(ctx, { examId: params.exam, from: Number(from) })).papers;
		if (!paperId) return [];
		const draw = (query.get('draw') ?? '1').slice(0, 8);
		const { paper } = await samplePaper(ctx, { examId: params.exam, paperId, seed: `print ${draw}`, handOut: true });
		return paper ? [{ paper, candidate: null }] : [];
	}
};
