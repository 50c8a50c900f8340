import { aBankQuestion, aDraft } from '../../factories/bank.ts';
import { aPng } from '../../factories/files.ts';
import { aPerson } from '../../factories/people.ts';
import { aTrueFalse } from '../../factories/questions.ts';
import { as } from '../../factories/units.ts';
import { addPicture } from '#lib/server/questions/pictures.ts';
import { submitDraft } from '#lib/server/questions/move-draft.ts';
import type { Place, Rows } from '../route-access.ts';

const png = aPng();
const wording = { kind: 'true-false', stem: '关系从签约那天起。', judgement: 'true', use: 'exam', difficulty: '3' };
const published = async ({ ctx, unit }: Place) => ({ question: (await aBankQuestion(ctx, undefined, { unit })).id });

/** A draft that the holder wrote, or somebody else, and submitted. */
async function drafted({ ctx, unit, holder }: Place) {
	return { question: await aDraft(as(ctx, holder.id, { role: 'author', unit }), unit, aTrueFalse({ articles: [] })) };
}
async function submitted({ ctx, unit }: Place) {
	const author = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'author', unit });
	const question = await aDraft(author, unit, aTrueFalse({ articles: [] }));
	await submitDraft(author, { questionId: question });
	return { question };
}
async function submittedByHolder(place: Place) {
	const { question } = await drafted(place);
	await submitDraft(as(place.ctx, place.holder.id, { role: 'author', unit: place.unit }), { questionId: question });
	return { question };
}

export const rows: Rows = {
	'/(app)/manage/questions': {
		open: 'to-holders',
		ability: 'question:view',
		query: async ({ ctx, unit }) => ({ q: (await aBankQuestion(ctx, undefined, { unit })).code }),
		shows: ({ unit }) => unit.name,
		acts: { tag: 'question:edit', use: 'question:review', reach: 'question:review', retire: 'question:review' },
		actions: {
			tag: async (place) => ({ 'questionIds[]': (await published(place)).question, add: '期限' }),
			use: async (place) => ({ 'questionIds[]': (await published(place)).question, use: 'both' }),
			reach: async (place) => ({ 'questionIds[]': (await published(place)).question, reach: 'below' }),
			retire: async (place) => ({ 'questionIds[]': (await published(place)).question })
		}
	},
	'/(app)/manage/questions/new': {
		open: 'to-holders',
		ability: 'question:edit',
		query: () => ({ kind: 'single' }),
		shows: ({ unit }) => unit.name,
		actions: { default: ({ unit }) => ({ ...wording, unitId: unit.id }) }
	},
	'/(app)/manage/questions/articles': {
		open: 'to-holders',
		ability: 'question:edit',
		query: () => ({ q: '期限' }),
		shows: 'everything'
	},
	'/(app)/manage/questions/preview': {
		open: 'to-holders',
		ability: 'question:edit',
		outOfReach: 200, // whatever is typed belongs to whoever types it
		actions: { POST: () => ({ 'texts[]': '关系从哪天起？', questionId: '' }) }
	},
	'/(app)/manage/questions/[question]': {
		open: 'to-holders',
		ability: 'question:view',
		params: published,
		acts: {
			submit: 'question:edit',
			withdraw: 'question:edit',
			discard: 'question:edit',
			publish: 'question:review',
			return: 'question:review',
			retire: 'question:review',
			restore: 'question:review'
		},
		actions: {
			submit: drafted,
			withdraw: submittedByHolder,
			discard: drafted,
			publish: async (place) => ({ ...(await submitted(place)), seen: place.ctx.now.toISOString() }),
			return: async (place) => ({ ...(await submitted(place)), reason: '两个都对' }),
			retire: published,
			restore: async ({ ctx, unit }) => ({
				question: (await aBankQuestion(ctx, undefined, { unit, state: 'retired' })).id
			})
		}
	},
	'/(app)/manage/questions/[question]/edit': {
		open: 'to-holders',
		ability: 'question:edit',
		params: drafted,
		actions: {
			save: () => wording,
			picture: () => ({ picture: { name: 'a.png', mimeType: 'image/png', buffer: png } })
		}
	},
	'/(app)/questions/[question]/pictures/[name]': {
		open: 'to-holders',
		ability: 'question:view',
		params: async (place) => {
			const author = as(place.ctx, place.holder.id, { role: 'author', unit: place.unit });
			const { question } = await drafted(place);
			return { question, name: await addPicture(author, { questionId: question, name: 'a', bytes: png }) };
		}
	}
};
