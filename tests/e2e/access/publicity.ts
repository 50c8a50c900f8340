import { inspectPlan, writeFinding } from '#lib/server/unit-reports/publicity/inspect.ts';
import { checkOff } from '#lib/server/unit-reports/publicity/keep-plan.ts';
import { listInspections, listMeasures } from '#lib/server/unit-reports/publicity/queries.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPdf } from '../../factories/files.ts';
import { aLegalDivision, aPublicityPlan } from '../../factories/unit-reports.ts';
import { aUnit } from '../../factories/units.ts';
import type { Place, Rows } from '../route-access.ts';

/** Of a unit below the place, so that the place may inspect it; each time another one, since a unit has one plan a year. */
async function planned({ ctx, unit }: Place, values: { publishes?: boolean; title?: string } = {}) {
	return aPublicityPlan(ctx, { unit: await aUnit(ctx, { below: unit }), ...values });
}

async function inspected(place: Place) {
	const made = await planned(place);
	const legal = await aLegalDivision(place.ctx, place.unit);
	await inspectPlan(legal, { planId: made.planId });
	const [inspection] = await listInspections(legal, made.planId);
	return { ...made, legal, inspectionId: inspection!.id };
}

export const rows: Rows = {
	'/(app)/manage/publicity': {
		open: 'to-holders',
		ability: 'publicity:view',
		acts: 'publicity:inspect',
		shows: async (place) => {
			const title = `计划${newId()}`;
			await planned(place, { title });
			return title;
		},
		actions: {
			draw: async (place) => {
				await planned(place);
				return { unitId: place.unit.id, year: '2026', count: '1' };
			}
		}
	},
	'/(app)/manage/publicity/new': {
		open: 'to-holders',
		ability: 'publicity:edit',
		shows: ({ unit }) => unit.name,
		actions: {
			default: async ({ ctx, unit }) => ({
				unitId: (await aUnit(ctx, { below: unit })).id,
				...{ year: '2026', title: '学法普法计划' }
			})
		}
	},
	'/(app)/manage/publicity/[plan]': {
		open: 'to-holders',
		ability: 'publicity:view',
		acts: {
			add: 'publicity:edit',
			remove: 'publicity:edit',
			publish: 'publicity:edit',
			done: 'publicity:edit',
			inspect: 'publicity:inspect',
			finding: 'publicity:inspect',
			answer: 'publicity:edit'
		},
		params: async (place) => ({ plan: (await inspected(place)).planId }),
		actions: {
			add: async (place) => ({
				planId: (await planned(place, { publishes: false })).planId,
				...{ phase: '第二季度', what: '普法进企业', forWhom: '企业', byWhom: '监察大队' },
				...{ startsOn: '2026-04-01', endsOn: '2026-06-30' }
			}),
			remove: async (place) => {
				const { planId, itemId } = await planned(place, { publishes: false });
				return { planId, itemId };
			},
			publish: async (place) => ({ planId: (await planned(place, { publishes: false })).planId }),
			done: async (place) => {
				const { planId, itemId } = await planned(place);
				return { planId, itemId, doneOn: '2026-03-20', doneText: '已开展' };
			},
			inspect: async (place) => ({ planId: (await planned(place)).planId }),
			finding: async (place) => {
				const { planId, inspectionId } = await inspected(place);
				return { planId, inspectionId, text: '缺签到表', answerBy: '2099-12-31' };
			},
			answer: async (place) => {
				const { planId, inspectionId, legal } = await inspected(place);
				await writeFinding(legal, { planId, inspectionId, text: '缺签到表', answerBy: '2099-12-31' });
				const [inspection] = await listInspections(legal, planId);
				return { planId, findingId: inspection!.findings[0]!.id, answer: '已补上' };
			}
		}
	},
	'/(app)/manage/publicity/[plan]/evidence/[file]': {
		open: 'to-holders',
		ability: 'publicity:view',
		params: async (place) => {
			const { planId, itemId, liaison } = await planned(place);
			const upload = { name: '签到表.pdf', bytes: aPdf() };
			await checkOff(liaison, { planId, itemId, doneOn: '2026-03-20', doneText: '已开展', upload });
			const measures = await listMeasures(liaison, planId);
			return { plan: planId, file: measures.flatMap(({ proofs }) => proofs)[0]!.fileId };
		}
	}
};
