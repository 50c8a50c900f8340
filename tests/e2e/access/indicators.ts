import { newId } from '#lib/server/platform/ids.ts';
import { createSet } from '#lib/server/unit-reports/indicators/arrange-set.ts';
import { listIndicators } from '#lib/server/unit-reports/indicators/queries.ts';
import { addProof, scoreSelf, verifyScore } from '#lib/server/unit-reports/indicators/score-sheet.ts';
import { aPdf } from '../../factories/files.ts';
import { aHandedInSheet, aLegalDivision, aPublishedPlan, aSheet } from '../../factories/unit-reports.ts';
import { aUnit } from '../../factories/units.ts';
import type { Place, Rows, SentFile } from '../route-access.ts';

/** Places are looked at many times over, and a unit arranges its items once a year. */
let year = 2030 + (Number(process.env.TEST_WORKER_INDEX ?? 0) % 7) * 10;
const freeYear = () => (year = year >= 2099 ? 2001 : year + 1);

async function here({ ctx, unit }: Place, make: typeof aSheet) {
	return make(ctx, { above: unit, unit: await aUnit(ctx, { below: unit }), year: freeYear() });
}
const scoring = (place: Place) => here(place, aSheet);
const handedIn = (place: Place) => here(place, aHandedInSheet);

async function drafted({ ctx, unit }: Place, title = '考核指标') {
	const year = freeYear();
	const legal = await aLegalDivision(ctx, unit);
	const { planId } = await aPublishedPlan(ctx, { unit, year });
	const set = await createSet(legal, {
		...{ unitId: unit.id, year, titleZh: title, titleEn: null, planId, copyOf: null }
	});
	return { set, item: (await listIndicators(ctx, set))[0]!.id };
}

const pdf: SentFile = { name: '台账.pdf', mimeType: 'application/pdf', buffer: aPdf() };
const written = { titleZh: '案卷评查', standardZh: '评查结果', points: '5' };

async function withProof(place: Place) {
	const { setId, sheetId, items, liaison, unit } = await scoring(place);
	const upload = { name: '台账.pdf', bytes: aPdf() };
	const file = await addProof(liaison, { sheetId, indicatorId: items[0]!.id, upload });
	return { set: setId, unit: unit.id, file, sheetId };
}

export const rows: Rows = {
	'/(app)/manage/indicators': {
		open: 'to-holders',
		ability: 'indicator:view',
		shows: async (place) => {
			const title = `指标${newId()}`;
			await drafted(place, title);
			return title;
		}
	},
	'/(app)/manage/indicators/new': {
		open: 'to-holders',
		ability: 'indicator:edit',
		shows: ({ unit }) => unit.name,
		actions: {
			default: ({ unit }) => ({
				unitId: unit.id,
				year: String(freeYear()),
				titleZh: '考核指标',
				planId: '',
				copyOf: ''
			})
		}
	},
	'/(app)/manage/indicators/[set]': {
		open: 'to-holders',
		ability: 'indicator:view',
		acts: 'indicator:edit',
		params: async (place) => ({ set: (await handedIn(place)).setId }),
		actions: {
			add: async (place) => ({ setId: (await drafted(place)).set, ...written }),
			bands: async (place) => ({
				setId: (await drafted(place)).set,
				...{ 'bandZh[]': '合格', 'bandEn[]': '', 'bandFrom[]': '0' }
			}),
			publish: async (place) => {
				await aUnit(place.ctx, { below: place.unit });
				return { setId: (await drafted(place)).set };
			}
		}
	},
	'/(app)/manage/indicators/[set]/items/[item]': {
		open: 'to-holders',
		ability: 'indicator:edit',
		params: drafted,
		actions: {
			change: async (place) => {
				const { set, item } = await drafted(place);
				return { setId: set, indicatorId: item, ...written };
			},
			remove: async (place) => {
				const { set, item } = await drafted(place);
				return { setId: set, indicatorId: item };
			}
		}
	},
	'/(app)/manage/indicators/[set]/units/[unit]': {
		open: 'to-holders',
		ability: 'indicator:view',
		acts: {
			score: 'indicator:score',
			proof: 'indicator:score',
			removeProof: 'indicator:score',
			handIn: 'indicator:score',
			verify: 'indicator:verify',
			close: 'indicator:verify',
			giveBack: 'indicator:verify'
		},
		params: async (place) => {
			const { setId, unit } = await handedIn(place);
			return { set: setId, unit: unit.id };
		},
		actions: {
			score: async (place) => {
				const { sheetId, items } = await scoring(place);
				return { sheetId, indicatorId: items[0]!.id, selfScore: '5', selfText: '' };
			},
			proof: async (place) => {
				const { sheetId, items } = await scoring(place);
				return { sheetId, indicatorId: items[0]!.id, file: pdf };
			},
			removeProof: async (place) => {
				const { sheetId, file } = await withProof(place);
				return { sheetId, fileId: file };
			},
			handIn: async (place) => {
				const { sheetId, items, liaison } = await scoring(place);
				for (const { id, points } of items)
					await scoreSelf(liaison, { sheetId, indicatorId: id, selfScore: points, selfText: '' });
				return { sheetId };
			},
			verify: async (place) => {
				const { sheetId, items } = await handedIn(place);
				return { sheetId, indicatorId: items[0]!.id, verifiedScore: '1', reason: '缺笔录' };
			},
			close: async (place) => {
				const { sheetId, items, legal } = await handedIn(place);
				for (const { id, points } of items)
					await verifyScore(legal, { sheetId, indicatorId: id, verifiedScore: points, reason: '', voided: false });
				return { sheetId };
			},
			giveBack: async (place) => ({ sheetId: (await handedIn(place)).sheetId })
		}
	},
	'/(app)/manage/indicators/[set]/units/[unit]/evidence/[file]': {
		open: 'to-holders',
		ability: 'indicator:view',
		params: async (place) => {
			const { set, unit, file } = await withProof(place);
			return { set, unit, file };
		}
	}
};
