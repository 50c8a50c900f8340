import { addItem } from '#lib/server/unit-reports/plan/edit-items.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPlanDraft, aPublishedPlan } from '../../factories/unit-reports.ts';
import type { Place, Rows } from '../route-access.ts';

const draft = ({ ctx, unit }: Place) => aPlanDraft(ctx, { unit });
const published = ({ ctx, unit }: Place) => aPublishedPlan(ctx, { unit });

const named = { titleZh: '年度计划', titleEn: '', basis: '', fromYear: '2027', toYear: '2027' };
const written = {
	titleZh: '清理证明',
	asksZh: '逐项清理',
	standardZh: '清单',
	points: '3',
	lead: '',
	assist: '',
	dueOn: ''
};

async function withItem(place: Place) {
	const { planId, legal } = await draft(place);
	const item = await addItem(legal, {
		...{ planId, parentId: null, titleZh: '清理证明', titleEn: null, asksZh: '逐项清理', asksEn: null },
		...{ standardZh: null, standardEn: null, points: 3, dueOn: null, lead: [], assist: [] }
	});
	return { plan: planId, item };
}

export const rows: Rows = {
	'/(app)/manage/plan': {
		open: 'to-holders',
		ability: 'plan:view',
		shows: async ({ ctx, unit }) => {
			const title = `计划${newId()}`;
			await aPublishedPlan(ctx, { unit, title });
			return title;
		}
	},
	'/(app)/manage/plan/new': {
		open: 'to-holders',
		ability: 'plan:edit',
		shows: ({ unit }) => unit.name,
		actions: { default: ({ unit }) => ({ unitId: unit.id, ...named, start: 'provincial' }) }
	},
	'/(app)/manage/plan/[plan]': {
		open: 'to-holders',
		ability: 'plan:view',
		acts: 'plan:edit',
		params: async (place) => ({ plan: (await published(place)).planId }),
		actions: {
			edit: async (place) => ({ planId: (await draft(place)).planId, ...named }),
			publish: async (place) => ({ planId: (await draft(place)).planId }),
			withdraw: async (place) => ({ planId: (await published(place)).planId }),
			copy: async (place) => ({ planId: (await published(place)).planId, fromYear: '2027' }),
			move: async (place) => {
				const { plan, item } = await withItem(place);
				return { planId: plan, itemId: item, way: 'up' };
			}
		}
	},
	'/(app)/manage/plan/[plan]/compare': {
		open: 'to-holders',
		ability: 'plan:view',
		params: async (place) => {
			await published(place);
			return { plan: (await published(place)).planId };
		}
	},
	'/(app)/manage/plan/[plan]/items/new': {
		open: 'to-holders',
		ability: 'plan:edit',
		params: async (place) => ({ plan: (await draft(place)).planId }),
		actions: { default: async (place) => ({ planId: (await draft(place)).planId, parentId: '', ...written }) }
	},
	'/(app)/manage/plan/[plan]/items/[item]': {
		open: 'to-holders',
		ability: 'plan:edit',
		params: withItem,
		actions: {
			change: async (place) => {
				const { plan, item } = await withItem(place);
				return { planId: plan, itemId: item, ...written };
			},
			remove: async (place) => {
				const { plan, item } = await withItem(place);
				return { planId: plan, itemId: item };
			}
		}
	}
};
