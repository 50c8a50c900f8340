import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/questions.ts';
import { demandWithin } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { smallKinds } from '#lib/server/questions/content/parse-questions.ts';
import { getQuestion } from '#lib/server/questions/get-question.ts';
import { addPicture, listPictures } from '#lib/server/questions/pictures.ts';
import { saveDraft } from '#lib/server/questions/save-draft.ts';
import { formFields } from '#lib/server/questions/wording-fields.ts';
import { listStatutes } from '#lib/server/statutes/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { fieldsOf } from '#lib/server/web/form-fields.ts';
import { refused, takeDraft, typedIn } from '../../draft-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const { question, unitPath, draft, published, may } = await getQuestion(ctx, params.question);
	demandWithin(ctx, 'question:edit', unitPath, 'question');
	if (!may.edit) redirect(303, `/manage/questions/${question.id}`);
	const wording = draft?.wording ?? published;
	const added = query.getAll('add').flatMap((kind) => smallKinds.filter((each) => each === kind));
	return {
		question,
		initial: {
			...formFields(wording?.source ?? null, wording?.questions.map(({ content }) => content) ?? []),
			use: question.use,
			topic: question.topic,
			tags: question.tags.join('，')
		},
		parts: [...(wording?.questions.map(({ content }) => content.kind) ?? []), ...added].slice(0, 5),
		pictures: await listPictures(ctx, question.id),
		statutes: (await listStatutes(ctx)).map(({ slug, short }) => ({ slug, short }))
	};
};

export const actions = {
	save: (event) =>
		takeDraft(
			event,
			schemas.questionForm,
			async () => (await getQuestion(event.locals.ctx as SignedIn, event.params.question)).question.kind,
			async (ctx, { use, topic, tags }, content) => {
				await saveDraft(ctx, { questionId: event.params.question, content, place: { use, topic, tags } });
				setFlash(event.cookies, { text: m.questions_saved_flash() });
				return `/manage/questions/${event.params.question}`;
			}
		),
	/** Keeps a picture, and gives back everything that was typed meanwhile. */
	picture: async ({ locals, params, request }) => {
		const fields = fieldsOf(await request.formData());
		const { picture } = fields;
		const values = typedIn(fields);
		try {
			const file = picture instanceof File ? picture : new File([], '');
			const bytes = Buffer.from(await file.arrayBuffer());
			const name = await addPicture(locals.ctx as SignedIn, { questionId: params.question, name: file.name, bytes });
			return { values, errors: {} as Record<string, string>, message: null, picture: name };
		} catch (error) {
			return refused(error, values);
		}
	}
} satisfies Actions;
