import { type ActionFailure, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { BuilderView } from '#lib/components/programmes/builder-view.ts';
import { demand } from '#lib/server/access/scope.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { explainMembership } from '#lib/server/programmes/audiences/explain-membership.ts';
import { namesOf } from '#lib/server/programmes/audiences/names-in.ts';
import { listPeopleLists } from '#lib/server/programmes/audiences/people-lists.ts';
import { previewAudience } from '#lib/server/programmes/audiences/preview-audience.ts';
import {
	changeDraft,
	type DraftNode,
	namedInDraft,
	readDraft,
	ruleOf
} from '#lib/server/programmes/audiences/rule-draft.ts';
import { listCoursesToAssign } from '#lib/server/programmes/describe-audience.ts';
import { findUnits, listUnitChoices } from '#lib/server/units/find-units.ts';
import { getUnit } from '#lib/server/units/queries.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';

/** What can be chosen from, the same after every step. */
export async function builderChoices(ctx: SignedIn) {
	const [units, courses, lists] = await Promise.all([
		listUnitChoices(ctx, 'programme:edit'),
		listCoursesToAssign(ctx),
		listPeopleLists(ctx, 'programme:edit')
	]);
	return {
		units,
		courses: courses.map(({ id, title }) => ({ id, title })),
		lists: lists.map(({ id, name }) => ({ id, name }))
	};
}

type Said = { name: string; unitId: string; draft: DraftNode; who?: string };

/** A draft with everything that is shown beside it. */
export async function viewDraft(ctx: SignedIn, { name, unitId, draft, who }: Said): Promise<BuilderView> {
	const unit = isId(unitId) ? await getUnit(ctx, unitId, 'programme:edit') : null;
	const judged = ruleOf(draft);
	const bounded = unit && 'rule' in judged ? { rule: judged.rule, unitPath: unit.path } : null;
	const [names, preview, why] = await Promise.all([
		namesOf(ctx, namedInDraft(draft)),
		bounded ? previewAudience(ctx, bounded) : null,
		bounded && who && isId(who) ? explainMembership(ctx, bounded, who) : null
	]);
	return {
		name,
		unitId,
		unit: unit?.name ?? null,
		draft,
		names,
		found: null,
		preview: bounded && preview ? { ...preview, rule: bounded.rule } : null,
		why,
		focus: null,
		errors: {},
		message: null
	};
}

const read = (form: FormData): Said => {
	const text = (name: string) => String(form.get(name) ?? '').trim();
	return { name: text('name').slice(0, 200), unitId: text('unitId'), draft: readDraft(form), who: text('who') };
};

/** One step of putting a rule together; nothing is kept. @param unitId the unit where it is settled already */
export async function takeStep(event: RequestEvent, unitId?: string): Promise<BuilderView> {
	const ctx = event.locals.ctx as SignedIn;
	demand(ctx, 'programme:edit');
	const form = await event.request.formData();
	const said = read(form);
	const [act = '', path = ''] = String(form.get('step') ?? '').split(' ');
	const step = [act, path, act === 'add' ? String(form.get(`${path}:new`) ?? '') : ''].join(' ');
	const before = said.draft;
	const draft = changeDraft(before, step.trim());
	const view = await viewDraft(ctx, { ...said, unitId: unitId ?? said.unitId, draft });
	return {
		...view,
		found: act === 'look' ? await look(ctx, form, path) : null,
		focus: draft === before ? null : nextOf(draft, act, path)
	};
}

async function look(ctx: SignedIn, form: FormData, path: string): Promise<BuilderView['found']> {
	const query = String(form.get(path === 'who' ? 'whoQ' : `${path}:chosenQ`) ?? '')
		.trim()
		.slice(0, 60);
	const isUnit = form.get(`${path}:kind`) === 'unit';
	return {
		path,
		query,
		units: isUnit && query ? await findUnits(ctx, { q: query, ability: 'programme:edit' }) : [],
		people: isUnit
			? []
			: await findPeople(ctx, { q: query, ability: path === 'who' ? 'programme:view' : 'programme:edit' })
	};
}

/** Where to go on: at what was added or grouped, else at the group around it. */
function nextOf(draft: DraftNode, act: string, path: string): string {
	const at = (node: DraftNode): DraftNode | undefined =>
		node.path === path ? node : node.parts.map(at).find((found) => found !== undefined);
	if (act === 'add') return at(draft)?.parts.at(-1)?.path ?? path;
	return act === 'wrap' ? path : path.slice(0, path.lastIndexOf('.')) || 'r';
}

/**
 * Keeps what the form says, through a schema and a command; else the builder comes back with everything that was typed and
 * with what is wrong, at each condition.
 */
export async function save<Schema extends v.GenericSchema>(
	event: RequestEvent,
	{
		schema,
		keep,
		after,
		unitId,
		fields = {}
	}: {
		schema: Schema;
		keep: (ctx: SignedIn, input: v.InferOutput<Schema>) => Promise<string>;
		after: (id: string, name: string) => string;
		unitId?: string;
		fields?: Record<string, string>;
	}
): Promise<ActionFailure<BuilderView>> {
	const ctx = event.locals.ctx as SignedIn;
	demand(ctx, 'programme:edit');
	const form = await event.request.formData();
	const said = { ...read(form), ...(unitId && { unitId }) };
	const refuse = async (
		status: number,
		{ draft = said.draft, errors = {} as Record<string, string>, message = null as string | null }
	) => fail(status, { ...(await viewDraft(ctx, { ...said, draft })), draft: worded(draft), errors, message });

	const judged = ruleOf(said.draft);
	const rule = 'rule' in judged ? judged.rule : { all: [] };
	const { success, output, issues } = v.safeParse(schema, {
		...fields,
		number: form.get('number'),
		name: said.name,
		unitId: said.unitId,
		rule
	});
	const errors = Object.fromEntries(
		(issues ?? []).map((issue) => [v.getDotPath(issue) ?? '', errorMessage(issue.message)])
	);
	if (!success || 'draft' in judged) return refuse(400, { ...('draft' in judged && { draft: judged.draft }), errors });

	let id: string;
	try {
		id = await keep(ctx, output);
	} catch (error) {
		if (!(error instanceof DomainError) || !['invalid', 'conflict'].includes(error.failure)) throw error;
		const message = errorMessage(error.code, error.values);
		const isName = error.field === 'name';
		return refuse(error.failure === 'invalid' ? 400 : 409, {
			errors: isName ? { name: message } : {},
			message: isName ? null : message
		});
	}
	redirect(303, after(id, said.name));
}

/** The codes of what is wrong, as sentences. */
const worded = (node: DraftNode): DraftNode => ({
	...node,
	...(node.error && { error: errorMessage(node.error) }),
	parts: node.parts.map(worded)
});
