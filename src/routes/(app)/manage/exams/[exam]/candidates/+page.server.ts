import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exam-candidates.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { addTargets, removeTarget } from '#lib/server/exams/add-targets.ts';
import { exemptCandidate, revokeExemption } from '#lib/server/exams/exempt-candidate.ts';
import { findCandidateCase, listCandidates, listCandidateUnits } from '#lib/server/exams/list-candidates.ts';
import { listTargets, previewCandidates } from '#lib/server/exams/list-targets.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import { countCandidates, readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { findUnits, listUnitChoices } from '#lib/server/units/find-units.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['exempt', 'revoke', 'accommodate'] as const;

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	const { exam, may } = view;
	if (exam.state === 'draft') {
		if (!may.edit) throw notFound('exam');
		return { view, naming: await naming(), sitting: null };
	}
	return { view, naming: null, sitting: await sitting() };

	/** Before publication: whom the draft names, who that would be, and what can be named. */
	async function naming() {
		const [unitQ, personQ] = [query.get('unitIds[]Q')?.trim() ?? '', query.get('personIds[]Q')?.trim() ?? ''];
		const [targets, preview, choices, units, people] = await Promise.all([
			listTargets(ctx, exam.id),
			previewCandidates(ctx, exam.id),
			listUnitChoices(ctx, 'exam:edit'),
			unitQ ? findUnits(ctx, { q: unitQ, ability: 'exam:edit' }) : null,
			findPeople(ctx, { q: personQ, ability: 'exam:edit' })
		]);
		return { targets, preview, units: units ?? choices.units, unitQ, people, personQ };
	}

	/** Afterwards: who is due to sit and how they stand, and the decision about one of them that is asked for. */
	async function sitting() {
		const filter = v.parse(schemas.candidateList, Object.fromEntries(query));
		const scores = seesScores(view);
		const act = acts.find((act) => act === query.get('act'));
		const [page, counts, units, papers, candidate] = await Promise.all([
			listCandidates(ctx, exam.id, { ...filter, scores }),
			countCandidates(ctx, exam.id, scores),
			listCandidateUnits(ctx, exam.id),
			listPapers(ctx, exam.id),
			act && may.edit && exam.state === 'published' ? findCandidateCase(ctx, exam.id, query.get('person') ?? '') : null
		]);
		return {
			...page,
			filter,
			scores,
			counts,
			units,
			papers: papers.map(({ id, name }) => ({ id, name })),
			decision: act && candidate ? { act, candidate } : null,
			self: ctx.actor.personId
		};
	}
};

const toList = ({ url }: { url: URL }) => {
	const query = [...url.searchParams].filter(([name]) => !name.startsWith('/') && name !== 'act' && name !== 'person');
	return `${url.pathname}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`;
};

export const actions = {
	addTargets: formAction(schemas.addTargets, addTargets, ({ added, refused }, { cookies, url }) => {
		if (refused.length > 0) return null;
		setFlash(cookies, { text: m.exams_targets_added({ count: added }) });
		return url.pathname;
	}),
	removeTarget: formAction(schemas.removeTarget, removeTarget, (_, { url }) => url.pathname),
	exempt: formAction(schemas.exempt, exemptCandidate, (_, event) => {
		setFlash(event.cookies, { text: m.exams_exempted_flash() });
		return toList(event);
	}),
	revoke: formAction(schemas.revokeExemption, revokeExemption, (_, event) => {
		setFlash(event.cookies, { text: m.exams_revoked_flash() });
		return toList(event);
	}),
	accommodate: formAction(schemas.accommodate, accommodate, (_, event) => {
		setFlash(event.cookies, { text: m.exams_accommodated_flash() });
		return toList(event);
	})
} satisfies Actions;
