import { addComment, listComments } from '#lib/server/unit-reports/comments.ts';
import { addEvidence } from '#lib/server/unit-reports/evidence.ts';
import { addFigure } from '#lib/server/unit-reports/keep-figures.ts';
import { readDraft } from '#lib/server/unit-reports/read-draft.ts';
import { getReport } from '#lib/server/unit-reports/report-queries.ts';
import { aPdf } from '../../factories/files.ts';
import {
	anAcceptedReport,
	aPublishedPlan,
	aReport,
	aSubmittedReport,
	type MadeReport,
	write
} from '../../factories/unit-reports.ts';
import { aUnit } from '../../factories/units.ts';
import type { Place, Rows, SentFile } from '../route-access.ts';

/** A unit above the place, so that the place reports; each time another one, since a unit asks once a year. */
async function reportingHere({ ctx, unit }: Place, make: typeof aReport): Promise<MadeReport> {
	const below = await aUnit(ctx, { below: unit });
	return make(ctx, { above: unit, unit: below, year: freeYear() });
}

/** Places are looked at many times over: each round is about another year. */
let year = 2030 + (Number(process.env.TEST_WORKER_INDEX ?? 0) % 7) * 10;
const freeYear = () => (year = year >= 2099 ? 2001 : year + 1);

const begun = (place: Place) => reportingHere(place, aReport);
const submitted = (place: Place) => reportingHere(place, aSubmittedReport);
const accepted = (place: Place) => reportingHere(place, anAcceptedReport);

const withReport = (make: (place: Place) => Promise<MadeReport>) => async (place: Place) => ({
	report: (await make(place)).reportId
});
const theReport = (make: (place: Place) => Promise<MadeReport>) => async (place: Place) => ({
	reportId: (await make(place)).reportId
});
const withCycle = (make: (place: Place) => Promise<MadeReport>) => async (place: Place) => ({
	cycle: (await make(place)).cycleId
});

const pdf: SentFile = { name: '台账.pdf', mimeType: 'application/pdf', buffer: aPdf() };
const section = 'shortcomings';
const again = '2099-12-31';

async function withEvidence(place: Place) {
	const made = await begun(place);
	const upload = { name: '台账.pdf', bytes: aPdf() };
	const file = await addEvidence(made.liaison, { reportId: made.reportId, section, upload });
	return { reportId: made.reportId, file };
}

export const rows: Rows = {
	'/(app)/manage/reports': {
		open: 'to-holders',
		ability: 'report:view',
		shows: async (place) => `/manage/reports/cycles/${(await begun(place)).cycleId}`
	},
	'/(app)/manage/reports/new': {
		open: 'to-holders',
		ability: 'report:decide',
		shows: ({ unit }) => unit.name,
		actions: {
			default: async ({ ctx, unit }) => {
				await aUnit(ctx, { below: unit });
				const year = freeYear();
				const { planId } = await aPublishedPlan(ctx, { unit, year });
				const late = { lateDays: '15', lateOff: '0.5', laterMonths: '1', laterOff: '1' };
				const due = `${year + 1}-01-15`;
				return {
					unitId: unit.id,
					year: String(year),
					planId,
					dueDivision: due,
					dueInstitution: '',
					dueCity: '',
					dueCounty: '',
					...late
				};
			}
		}
	},
	'/(app)/manage/reports/cycles/[cycle]': {
		open: 'to-holders',
		ability: 'report:view',
		acts: 'report:decide',
		params: withCycle(begun),
		actions: {
			remind: async (place) => ({ cycleId: (await begun(place)).cycleId }),
			extend: async (place) => {
				const { cycleId, reportId } = await begun(place);
				return { cycleId, reportId, dueOn: again, reason: '机构改革期间' };
			},
			widen: async (place) => {
				const { cycleId } = await begun(place);
				const { id } = await aUnit(place.ctx, { below: place.unit });
				return { cycleId, 'unitIds[]': id, dueOn: again };
			}
		}
	},
	'/(app)/manage/reports/cycles/[cycle]/compiled': {
		open: 'to-holders',
		ability: 'report:view',
		params: withCycle(accepted)
	},
	'/(app)/manage/reports/cycles/[cycle]/compiled/docx': {
		open: 'to-holders',
		ability: 'report:view',
		params: withCycle(accepted)
	},
	'/(app)/manage/reports/[report]': {
		open: 'to-holders',
		ability: 'report:view',
		acts: {
			submit: 'report:write',
			return: 'report:decide',
			accept: 'report:decide',
			sign: 'report:sign',
			comment: 'report:comment',
			settle: 'report:comment'
		},
		params: withReport(submitted),
		actions: {
			submit: async (place) => {
				const made = await begun(place);
				await write(made.liaison, made);
				return { reportId: made.reportId };
			},
			return: async (place) => ({ ...(await theReport(submitted)(place)), remarks: '补充数据来源', againBy: again }),
			accept: async (place) => ({ ...(await theReport(submitted)(place)), remarks: '' }),
			sign: theReport(submitted),
			comment: async (place) => ({ ...(await theReport(begun)(place)), section, text: '写明原因' }),
			settle: async (place) => {
				const { reportId, liaison } = await begun(place);
				await addComment(liaison, { reportId, section: null, text: '写明原因' });
				const [comment] = await listComments(liaison, reportId);
				return { reportId, commentId: comment!.id };
			}
		}
	},
	'/(app)/manage/reports/[report]/write': {
		open: 'to-holders',
		ability: 'report:write',
		params: withReport(begun),
		actions: {
			save: async (place) => ({ ...(await theReport(begun)(place)), section, version: '0', text: '人手不足' }),
			figure: async (place) => ({
				...(await theReport(begun)(place)),
				...{ label: '复议案件', value: '3', measure: '件', source: '复议台账', asOf: '2026-12-31' }
			}),
			removeFigure: async (place) => {
				const { reportId, liaison } = await begun(place);
				const figure = { label: '复议案件', value: 3, measure: '件', source: '复议台账', asOf: '2026-12-31' };
				await addFigure(liaison, { reportId, ...figure });
				const { figures } = await readDraft(liaison, await getReport(liaison, reportId));
				return { reportId, figureId: figures.at(-1)!.key };
			},
			evidence: async (place) => ({ ...(await theReport(begun)(place)), section, file: pdf }),
			removeEvidence: async (place) => {
				const { reportId, file } = await withEvidence(place);
				return { reportId, fileId: file };
			}
		}
	},
	'/(app)/manage/reports/[report]/write/sections': {
		open: 'to-holders',
		ability: 'report:write',
		params: withReport(begun)
	},
	'/(app)/manage/reports/[report]/evidence/[file]': {
		open: 'to-holders',
		ability: 'report:view',
		params: async (place) => {
			const { reportId, file } = await withEvidence(place);
			return { report: reportId, file };
		}
	},
	'/(app)/manage/reports/[report]/versions': {
		open: 'to-holders',
		ability: 'report:view',
		params: withReport(submitted)
	},
	'/(app)/manage/reports/[report]/print': { open: 'to-holders', ability: 'report:view', params: withReport(submitted) },
	'/(app)/manage/reports/[report]/docx': { open: 'to-holders', ability: 'report:view', params: withReport(submitted) },
	'/(app)/manage/reports/[report]/figures/[figure]': {
		open: 'to-holders',
		ability: 'completion:people',
		params: async (place) => ({ ...(await withReport(begun)(place)), figure: 'peopleDue' })
	}
};
