import { posts } from '#db/schema/people.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

const post = { title: '科员', leadershipLevel: '', rank: 'clerk-1', document: '' };
const somebody = async ({ ctx, unit }: Place) => ({ personId: (await aPerson(ctx, { unit })).id });

/** Somebody with a post beside the primary one. */
async function aSidePost({ ctx, unit }: Place) {
	const { id: personId } = await aPerson(ctx, { unit });
	const postId = newId();
	const side = {
		kind: 'concurrent' as const,
		primary: false,
		title: '兼职',
		startsOn: '2026-01-01',
		createdAt: ctx.now
	};
	await ctx.db.insert(posts).values({ id: postId, personId, unitId: unit.id, ...side });
	return { personId, postId, endsOn: '2026-11-01' };
}

export const rows: Rows = {
	'/(app)/manage/people': {
		open: 'to-holders',
		ability: 'people:view',
		query: ({ person }) => ({ q: person.staffNumber }),
		shows: ({ person }) => person.name,
		actions: { assign: ({ person }) => ({ 'personIds[]': person.id }) }
	},
	'/(app)/manage/people/export': {
		open: 'to-holders',
		ability: 'people:view',
		shows: 'everything',
		actions: { POST: ({ person }) => ({ 'personIds[]': person.id }) }
	},
	'/(app)/manage/people/find': {
		open: 'to-holders',
		ability: 'people:view',
		query: ({ person }) => ({ q: person.staffNumber }),
		shows: ({ person }) => person.name
	},
	'/(app)/manage/people/new': {
		open: 'to-holders',
		ability: 'people:edit',
		shows: ({ unit }) => unit.name,
		actions: {
			default: ({ unit }) => ({
				...post,
				staffNumber: `N${Date.now()}`,
				name: '苏叶青',
				unitId: unit.id,
				startsOn: '2026-11-01'
			})
		}
	},
	'/(app)/manage/people/[personId]': {
		open: 'to-holders',
		ability: 'people:view',
		params: somebody,
		actions: {
			endPost: aSidePost,
			reinstate: async ({ ctx, unit }) => {
				const { id } = await aPerson(ctx, { unit, status: 'retired', leftOn: '2026-11-01' });
				return { personId: id };
			}
		}
	},
	'/(app)/manage/people/[personId]/edit': {
		open: 'to-holders',
		ability: 'people:edit',
		params: somebody,
		actions: { default: () => ({ staffNumber: `E${Date.now()}`, name: '苏叶青' }) }
	},
	'/(app)/manage/people/[personId]/appoint': {
		open: 'to-holders',
		ability: 'people:edit',
		params: somebody,
		actions: { default: ({ unit }) => ({ ...post, kind: 'transfer', unitId: unit.id, startsOn: '2026-11-01' }) }
	},
	'/(app)/manage/people/[personId]/leave': {
		open: 'to-holders',
		ability: 'people:edit',
		params: somebody,
		actions: { default: () => ({ status: 'retired', on: '2026-11-01' }) }
	}
};
