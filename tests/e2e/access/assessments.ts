import { thePassword } from '../../factories/accounts.ts';
import { aCycle, aGradeSheet, aResult, aScheme } from '../../factories/assessments.ts';
import { aPerson } from '../../factories/people.ts';
import { as, theProvince } from '../../factories/units.ts';
import { submitReview } from '#lib/server/assessments/cycle/reviews.ts';
import { raiseObjection } from '#lib/server/assessments/objections.ts';
import { componentRows } from '#lib/schemas/assessments.ts';
import type { CycleState } from '#lib/server/assessments/cycle/cycle-state.ts';
import type { Place, Rows } from '../route-access.ts';

const cycle = async ({ ctx, unit }: Place, state: CycleState, over = false) => ({
	cycle: (await aCycle(ctx, { unit, state, over })).id
});
const result = async ({ ctx, unit }: Place, state: CycleState) => {
	const { id, cycleId } = await aResult(ctx, { person: await aPerson(ctx, { unit }), state });
	return { cycle: cycleId, resultId: id };
};
const change = { points: '-1', reason: '核对' };
const sheet = {
	document: '考核通报1号',
	decidedOn: '2026-11-20',
	file: { name: '等次.csv', mimeType: 'text/csv', buffer: Buffer.from('工号,姓名,年度考核等次\nX,某某,优秀') }
};
/** The actions of a cycle go to whatever cycle the fields name; the address needs one too. */
const here = async (place: Place) => cycle(place, 'published');

/** As a browser sends the form: what is left empty comes along. */
const fields = {
	...Object.fromEntries(componentRows.flatMap((row) => [`${row}-weight`, `${row}-cap`]).map((name) => [name, ''])),
	'hours-full': '',
	'least-hours': '',
	'least-attendance': '',
	'unit-below-mark': '',
	'good-from': '',
	'exam-weight': '60',
	'courses-weight': '40',
	name: '方案',
	basis: '文件',
	position: '7',
	'excellent-from': '90',
	'qualified-from': '60',
	decimals: '1'
};

export const rows: Rows = {
	'/(app)/admin/settings': {
		open: 'to-holders',
		ability: 'settings:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything'
	},
	'/(app)/manage/results': {
		open: 'to-holders',
		ability: 'result:view',
		shows: async ({ ctx, unit }) => (await aCycle(ctx, { unit, state: 'drafted' }), unit.name)
	},
	'/(app)/manage/results/new': {
		open: 'to-holders',
		ability: 'result:confirm',
		shows: ({ unit }) => unit.name,
		actions: {
			default: ({ unit }) => ({
				year: '2003',
				unitId: unit.id,
				reviewsDueOn: '2026-12-20',
				objectionDays: '5',
				reviewDepth: '1'
			})
		}
	},
	'/(app)/manage/results/[cycle]': {
		open: 'to-holders',
		ability: 'result:view',
		acts: {
			draft: 'result:confirm',
			review: 'result:confirm',
			take: 'result:confirm',
			publish: 'result:confirm',
			sign: 'result:sign',
			adjust: 'result:review'
		},
		params: here,
		actions: {
			draft: (place) => cycle(place, 'open'),
			review: (place) => cycle(place, 'drafted'),
			take: (place) => cycle(place, 'unit-review'),
			publish: (place) => cycle(place, 'hr-review'),
			sign: async (place) => ({ ...(await cycle(place, 'published', true)), password: thePassword }),
			adjust: async (place) => {
				const { cycle, resultId } = await result(place, 'unit-review');
				return { cycle, 'resultIds[]': resultId, ...change, points: '1' };
			}
		}
	},
	'/(app)/manage/results/[cycle]/units': {
		open: 'to-holders',
		ability: 'result:view',
		acts: { submit: 'result:review', return: 'result:confirm', remind: 'result:confirm', mark: 'result:confirm' },
		params: here,
		actions: {
			submit: async (place) => ({ ...(await cycle(place, 'unit-review')), unitId: place.unit.id }),
			return: async (place) => ({ ...(await aReviewed(place)), reason: '补充理由' }),
			remind: (place) => cycle(place, 'unit-review'),
			mark: async (place) => ({ ...(await cycle(place, 'open')), unitId: place.unit.id, mark: '80', basis: '通报' })
		}
	},
	'/(app)/manage/results/[cycle]/print': { open: 'to-holders', ability: 'result:view', params: here },
	'/(app)/manage/results/[cycle]/export': { open: 'to-holders', ability: 'result:view', params: here },
	'/(app)/manage/results/[cycle]/committee': { open: 'to-holders', ability: 'grade:edit', params: here },
	'/(app)/manage/results/[cycle]/grades': {
		open: 'to-holders',
		ability: 'grade:edit',
		params: here,
		actions: { default: () => sheet }
	},
	'/(app)/manage/results/[cycle]/grades/[import]': {
		open: 'to-holders',
		ability: 'grade:edit',
		params: async ({ ctx, unit, holder }) => aGradeSheet(ctx, { unit, holder }),
		actions: {
			default: async ({ ctx, unit, holder }) => {
				const { cycle, import: id } = await aGradeSheet(ctx, { unit, holder });
				return { cycle, import: id };
			}
		}
	},
	'/(app)/manage/results/[cycle]/[result]': {
		open: 'to-holders',
		ability: 'result:view',
		acts: {
			adjust: 'result:review',
			comment: 'result:review',
			decide: 'result:confirm',
			amend: 'result:confirm',
			grade: 'grade:edit'
		},
		params: async (place) => {
			const { cycle, resultId } = await result(place, 'published');
			return { cycle, result: resultId };
		},
		actions: {
			adjust: async (place) => ({ ...(await result(place, 'unit-review')), ...change, points: '1' }),
			comment: async (place) => ({ ...(await result(place, 'unit-review')), text: '请核对' }),
			decide: async (place) => ({ ...(await anObjection(place)), verdict: 'dismissed', points: '', answer: '无凭证' }),
			amend: async (place) => ({ ...(await result(place, 'closed')), ...change, points: '1', password: thePassword }),
			grade: async (place) => ({
				...(await result(place, 'closed')),
				grade: 'competent',
				document: '通报',
				decidedOn: '2026-11-20'
			})
		}
	},
	'/(app)/manage/schemes': {
		open: 'to-holders',
		ability: 'scheme:view',
		acts: 'scheme:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything',
		actions: { default: () => ({ year: '2026', from: '' }) }
	},
	'/(app)/manage/schemes/[scheme]': {
		open: 'to-holders',
		ability: 'scheme:edit',
		over: 'everything',
		outOfReach: 403,
		params: aDraft,
		actions: {
			save: async (place) => ({ ...(await aDraft(place)), ...fields }),
			adopt: aDraft,
			discard: aDraft
		}
	},
	'/(app)/manage/schemes/[scheme]/try': {
		open: 'to-holders',
		ability: 'scheme:edit',
		over: 'everything',
		outOfReach: 403,
		params: aDraft
	},
	'/(app)/record/results/[year]': {
		open: 'to-the-signed-in',
		status: 404,
		isHolders: true,
		params: async ({ ctx, holder }) => ({ year: String((await aResult(ctx, { person: holder })).year) }),
		actions: {
			object: () => ({ resultId: crypto.randomUUID(), reason: '有误' }),
			withdraw: () => ({ objectionId: crypto.randomUUID() })
		}
	}
};

let position = 20;
async function aDraft({ ctx }: Place) {
	const scheme = await aScheme(ctx, { state: 'draft', year: 2030, position: position++ });
	return { scheme: scheme.id };
}

async function aReviewed({ ctx, unit }: Place) {
	const made = await aCycle(ctx, { unit, state: 'unit-review' });
	const hr = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await theProvince(ctx) });
	await submitReview(hr, { cycle: made.id, unitId: unit.id });
	return { cycle: made.id, unitId: unit.id };
}

async function anObjection({ ctx, unit }: Place) {
	const person = await aPerson(ctx, { unit });
	const { id: resultId } = await aResult(ctx, { person, state: 'published' });
	const own = as(ctx, person.id);
	await raiseObjection(own, { resultId, reason: '漏记一次' });
	const { rows } = await ctx.db.execute<{ id: string }>(
		`select id from assessment_objections where result_id = '${resultId}'`
	);
	return { objectionId: rows[0]!.id };
}
