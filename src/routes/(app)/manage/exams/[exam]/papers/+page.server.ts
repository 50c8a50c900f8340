import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exam-papers.ts';
import { demand } from '#lib/server/access/scope.ts';
import { listSectionChoices, listSectionCodes, readBlueprint } from '#lib/server/exams/read-blueprint.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { removePaper, setPaper } from '#lib/server/exams/set-paper.ts';
import { moveSection, removeSection, setSection } from '#lib/server/exams/set-section.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { listStatutes } from '#lib/server/statutes/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const view = await readExam(ctx, params.exam);
	if (!view.may.edit) throw notFound('exam');
	const { exam } = view;
	const [{ papers, feasibility }, statutes] = await Promise.all([readBlueprint(ctx, exam), listStatutes(ctx)]);
	const isDraft = exam.state === 'draft';
	return {
		view,
		papers,
		feasibility,
		statutes: statutes.map(({ slug, short }) => ({ slug, short })),
		section: isDraft ? await sectionAsked() : null,
		paper: isDraft ? paperAsked() : null
	};

	/** The section that is being put together: a new one of a paper, or one that stands. */
	async function sectionAsked() {
		const asked = query.get('section');
		if (!asked) return null;
		const paper = papers.find(({ id, sections }) =>
			asked === 'new' ? id === query.get('paper') : sections.some((section) => section.id === asked)
		);
		if (!paper) return null;
		const section = paper.sections.find(({ id }) => id === asked) ?? null;
		const [choices, codes] = await Promise.all([
			listSectionChoices(ctx, exam),
			section?.fixed ? listSectionCodes(ctx, section.id) : []
		]);
		return { paper: { id: paper.id, name: paper.name }, section, codes, choices };
	}

	function paperAsked() {
		const asked = query.get('edit');
		if (!asked) return null;
		const paper = papers.find(({ id }) => id === asked) ?? null;
		return asked === 'new' || paper ? { paper } : null;
	}
};

export const actions = {
	setPaper: formAction(schemas.setPaper, setPaper, (id, { url }) => `${url.pathname}#paper-${id}`),
	removePaper: formAction(schemas.removePaper, removePaper, (_, { url }) => url.pathname),
	setSection: formAction(schemas.setSection, setSection, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.exams_section_saved() });
		return url.pathname;
	}),
	removeSection: formAction(schemas.removeSection, removeSection, (_, { url }) => url.pathname),
	moveSection: formAction(schemas.moveSection, moveSection, (_, { url }) => url.pathname)
} satisfies Actions;
