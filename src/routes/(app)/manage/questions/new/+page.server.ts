import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/questions.ts';
import { demand } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { smallKinds } from '#lib/server/questions/content/parse-questions.ts';
import { createQuestion } from '#lib/server/questions/create-question.ts';
import { getQuestion } from '#lib/server/questions/get-question.ts';
import { formFields } from '#lib/server/questions/wording-fields.ts';
import { listStatutes } from '#lib/server/statutes/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import { takeDraft } from '../draft-form.ts';
import type { Actions, PageServerLoad } from './$types';

const kind = v.fallback(v.nullable(v.picklist(schemas.questionKinds)), null);

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'question:edit');
	const model = await modelFrom(ctx, query.get('from'));
	const subs = query.getAll('sub').flatMap((sub) => smallKinds.filter((kind) => kind === sub));
	return {
		kind: model?.kind ?? v.parse(kind, query.get('kind')),
		parts: subs.slice(0, 5),
		initial: model?.fields ?? {},
		statutes: (await listStatutes(ctx)).map(({ slug, short }) => ({ slug, short })),
		units: await unitChoicesFor(ctx, query, 'unitId', 'question:edit', model?.unitId)
	};
};

/** Another question to begin from; its code and its pictures stay with it. */
async function modelFrom(ctx: SignedIn, id: string | null) {
	if (!id) return null;
	const { question, draft, published } = await getQuestion(ctx, id);
	const wording = published ?? draft?.wording;
	if (!wording) return null;
	const contents = wording.questions.map(({ content }) => ({ ...content, id: '' }));
	const { kind, topic, tags, use, unitId } = question;
	return {
		kind,
		unitId,
		fields: { ...formFields(wording.source, contents), topic, tags: tags.join('，'), use, unitId }
	};
}

export const actions = {
	default: (event) =>
		takeDraft(
			event,
			schemas.newQuestion,
			(fields) => v.parse(v.fallback(v.picklist(schemas.questionKinds), 'single'), fields.kind),
			async (ctx, { unitId, use, topic, tags }, content) => {
				const id = await createQuestion(ctx, { unitId, use, topic, tags, content });
				setFlash(event.cookies, { text: m.questions_created_flash() });
				return `/manage/questions/${id}`;
			}
		)
} satisfies Actions;
