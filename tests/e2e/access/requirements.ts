import type { Context } from '#lib/server/platform/context.ts';
import { grantEquivalent } from '#lib/server/programmes/requirements/grant-equivalent.ts';
import { aPdf } from '../../factories/files.ts';
import { aPerson } from '../../factories/people.ts';
import { anAudience, aProgramme, aProgrammeDuty, aStandingAssignment } from '../../factories/requirements.ts';
import { as, type Unit } from '../../factories/units.ts';
import type { Place, Rows } from '../route-access.ts';

let made = 0;

interface Kept {
	ctx: Context;
	unit: Unit;
}

/** A programme that the unit keeps: in force, or a draft. */
const kept = ({ ctx, unit }: Kept, draft = false) => aProgramme(ctx, { unit, draft, title: `年度学法${++made}` });

/** A standing assignment of the unit, with somebody there who owes what it asks. */
async function standing(place: Place) {
	const { ctx, unit, person } = place;
	const assignment = await aStandingAssignment(ctx, {
		programme: await kept(place),
		audience: await anAudience(ctx, { unit })
	});
	const duty = await aProgrammeDuty(ctx, { person, standing: assignment });
	return { assignment, duty };
}

const nextYear = { due: 'date', dueOn: '2026-12-31', startsOn: '2026-11-23', endsOn: '', reason: '年度计划' };

export const rows: Rows = {
	'/(app)/manage/programmes': {
		open: 'to-holders',
		ability: 'programme:view',
		shows: async (place) => (await kept(place)).title
	},
	'/(app)/manage/programmes/new': {
		open: 'to-holders',
		ability: 'programme:edit',
		shows: ({ unit }) => unit.name,
		actions: { default: ({ unit }) => ({ unitId: unit.id, title: '新的计划', summary: '' }) }
	},
	'/(app)/manage/programmes/check': {
		open: 'to-holders',
		ability: 'programme:view',
		query: () => ({ kind: 'uncovered' }),
		shows: async ({ ctx, unit }) => (await aPerson(ctx, { unit, name: '阿首' })).name // first by pinyin, however many there are
	},
	'/(app)/manage/programmes/[programme]': {
		open: 'to-holders',
		ability: 'programme:view',
		acts: 'programme:edit',
		params: async (place) => ({ programme: (await kept(place)).id }),
		actions: {
			begin: async (place) => ({ programmeId: (await kept(place)).id }),
			archive: async (place) => ({ programmeId: (await kept(place)).id })
		}
	},
	'/(app)/manage/programmes/[programme]/edit': {
		open: 'to-holders',
		ability: 'programme:edit',
		params: async (place) => ({ programme: (await kept(place, true)).id }),
		actions: {
			save: async (place) => ({
				programmeId: (await kept(place, true)).id,
				title: '年度学法',
				summary: '',
				recurrence: 'once',
				joining: 'same-date',
				validMonths: '',
				renewalMonths: '',
				priorMonths: '',
				joiningDays: ''
			}),
			add: async (place) => ({ programmeId: (await kept(place, true)).id, kind: 'hours', hours: '8', due: '' }),
			remove: async (place) => {
				const { id, requirements } = await kept(place, true);
				return { programmeId: id, requirementId: requirements[0]!.id };
			},
			move: async (place) => {
				const { id, requirements } = await kept(place, true);
				return { programmeId: id, requirementId: requirements[0]!.id, to: 'up' };
			},
			adopt: async (place) => ({ programmeId: (await kept(place, true)).id }),
			discard: async (place) => ({ programmeId: (await kept(place, true)).id })
		}
	},
	'/(app)/manage/programmes/[programme]/assign': {
		open: 'to-holders',
		ability: 'programme:edit',
		params: async (place) => ({ programme: (await kept(place)).id }),
		query: async ({ ctx, unit }) => ({ ...nextYear, audienceId: (await anAudience(ctx, { unit })).id }),
		actions: {
			default: async (place) => ({
				...nextYear,
				programmeId: (await kept(place)).id,
				audienceId: (await anAudience(place.ctx, { unit: place.unit })).id
			})
		}
	},
	'/(app)/manage/programmes/assignments/[assignment]': {
		open: 'to-holders',
		ability: 'programme:view',
		acts: 'programme:edit',
		params: async (place) => ({ assignment: (await standing(place)).assignment.id }),
		actions: {
			withdraw: async (place) => ({ assignmentId: (await standing(place)).assignment.id, because: '计划调整' })
		}
	},
	'/(app)/manage/programmes/assignments/[assignment]/export': {
		open: 'to-holders',
		ability: 'programme:view',
		params: async (place) => ({ assignment: (await standing(place)).assignment.id })
	},
	'/(app)/duties/[obligation]/proof': {
		open: 'to-holders',
		ability: 'training:assign',
		params: async (place) => {
			const { duty } = await standing(place);
			const file = new File([new Uint8Array(aPdf())], '结业证书.pdf');
			const hr = as(place.ctx, (await aPerson(place.ctx)).id, { role: 'hr', unit: place.unit });
			await grantEquivalent(hr, { obligationId: duty.id, what: '党校法治专题班', on: '2026-11-23', file });
			return { obligation: duty.id };
		}
	},
	'/(app)/duties/[obligation]': {
		open: 'to-holders',
		ability: 'training:view',
		acts: 'training:assign',
		params: async (place) => ({ obligation: (await standing(place)).duty.id }),
		actions: {
			grant: async (place) => ({
				obligationId: (await standing(place)).duty.id,
				what: '党校法治专题班',
				on: '2026-11-20'
			}),
			revoke: async (place) => ({ equivalentId: await anEquivalent(place), because: '证明有误' })
		}
	}
};

async function anEquivalent({ ctx, person }: Place): Promise<string> {
	const { rows } = await ctx.db.execute<{ id: string }>(`
		insert into equivalents (id, person_id, course_id, what, "on", granted_by, granted_at)
		select gen_random_uuid(), '${person.id}', (select id from courses limit 1), '党校法治专题班', '2026-11-20', (select id from people where id <> '${person.id}' limit 1), now()
		returning id`);
	return rows[0]!.id;
}
