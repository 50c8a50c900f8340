import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { decideQuestionImport, importViews } from '#lib/schemas/question-exchange.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { textOf } from '#lib/server/questions/exchange/likeness-of.ts';
import {
	commitQuestionImport,
	discardQuestionImport,
	getQuestionImport
} from '#lib/server/questions/exchange/kept-imports.ts';
import { previewQuestions } from '#lib/server/questions/exchange/preview-questions.ts';
import { pictureMark } from '#lib/server/questions/picture-file.ts';
import { listStatutes } from '#lib/server/statutes/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { featureInWords, placeInWords, reasonInWords } from '#lib/server/web/formats-in-words.ts';
import type { Actions, PageServerLoad } from './$types';

const onPage = 50;
const view = v.fallback(v.optional(v.picklist(importViews)), undefined);
const pageNumber = v.fallback(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number)), 1);

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const { reading, fileName, format, unitId, unitName, use } = await getQuestionImport(ctx, params.import);
	const { ready, refused } = await previewQuestions(ctx, unitId, reading);
	const { unsupported } = reading;
	const counts = { ready: ready.length, refused: refused.length, 'left-behind': unsupported.length };
	const shown =
		v.parse(view, url.searchParams.get('show') ?? undefined) ?? importViews.find((each) => counts[each] > 0) ?? 'ready';
	const pages = Math.max(1, Math.ceil(counts[shown] / onPage));
	const at = Math.min(
		pages,
		Math.max(1, v.parse(pageNumber, url.searchParams.get('after') ?? url.searchParams.get('before') ?? '1'))
	);
	const cut = <Row>(rows: Row[]): Row[] => rows.slice((at - 1) * onPage, at * onPage);
	return {
		fileName,
		format,
		unitName,
		use,
		counts,
		statutes: (await listStatutes(ctx)).map(({ slug, short }) => ({ slug, short })),
		shown,
		paging: { at, pages, first: (at - 1) * onPage + 1 },
		ready:
			shown === 'ready'
				? cut(ready).map(({ place, question }) => ({
						place: placeInWords(place),
						kind: question.wording.kind,
						text: textOf(question).replace(pictureMark, '$1').slice(0, 200),
						pictures: question.pictures?.length ?? 0,
						articles: question.articles,
						difficulty: question.difficulty ?? null,
						use: question.use ?? use
					}))
				: [],
		refused:
			shown === 'refused'
				? cut(refused).map((refusal) => ({ place: placeInWords(refusal.place), reason: reasonInWords(refusal) }))
				: [],
		leftBehind:
			shown === 'left-behind'
				? cut(unsupported).map(({ place, feature }) => ({ place: placeInWords(place), what: featureInWords(feature) }))
				: []
	};
};

export const actions: Actions = {
	commit: formAction(decideQuestionImport, commitQuestionImport, ({ imported, refused }, { cookies }) => {
		setFlash(cookies, { text: m.formats_imported({ count: imported.length, refused: refused.length }) });
		return '/manage/questions?view=mine';
	}),
	discard: formAction(decideQuestionImport, discardQuestionImport, (_, { cookies }) => {
		setFlash(cookies, { text: m.formats_discarded_flash() });
		return '/manage/questions/import';
	})
};
