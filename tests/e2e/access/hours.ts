import { sql } from 'drizzle-orm';
import { hourEntries } from '#db/schema/hours.ts';
import { listYears } from '#lib/server/hours/list-entries.ts';
import { takeBackHours } from '#lib/server/hours/take-back-hours.ts';
import { aTarget, someHours } from '../../factories/hours.ts';
import { aPerson } from '../../factories/people.ts';
import { as } from '../../factories/units.ts';
import type { Place, Rows } from '../route-access.ts';

const target = {
	...{ nameZh: '执法人员', nameEn: 'Enforcement staff', words: '执法、监察', years: '1', hours: '60', category: '' },
	...{ from: '2027', basis: '年度培训计划' }
};

async function anEntry({ ctx, unit }: Place): Promise<{ entryId: string; because: string }> {
	const { id: personId } = await aPerson(ctx, { unit });
	await someHours(ctx, { personId, hours: 8 });
	const [year] = await listYears(ctx, personId);
	return { entryId: year!.entries[0]!.id, because: '签到表核对后不属实' };
}

async function aReversal(place: Place): Promise<{ entryId: string; because: string }> {
	const { entryId, because } = await anEntry(place);
	const hr = as(place.ctx, place.holder.id, { role: 'hr', unit: place.unit });
	await takeBackHours(hr, { entryId, because });
	const { rows } = await place.ctx.db.execute<{ id: string }>(
		sql`select id from ${hourEntries} where reverses = ${entryId}`
	);
	return { entryId: rows[0]!.id, because };
}

const settings = { open: 'to-holders', ability: 'settings:edit', over: 'everything', outOfReach: 403 } as const;

export const rows: Rows = {
	'/(app)/manage/hours': {
		open: 'to-holders',
		ability: 'hours:view',
		query: ({ person }) => ({ q: person.staffNumber }),
		shows: ({ person }) => person.name
	},
	'/(app)/manage/hours/export': { open: 'to-holders', ability: 'hours:view', shows: 'everything' },
	'/(app)/manage/hours/[person]': {
		open: 'to-holders',
		ability: 'hours:view',
		acts: 'hours:confirm',
		params: async ({ ctx, unit }) => ({ person: (await aPerson(ctx, { unit })).id }),
		actions: { takeBack: anEntry, giveBack: aReversal }
	},
	'/(app)/admin/settings/hours': { ...settings, shows: 'everything' },
	'/(app)/admin/settings/hours/new': { ...settings, shows: 'everything', actions: { default: () => target } },
	'/(app)/admin/settings/hours/[target]': {
		...settings,
		params: async ({ ctx }) => ({ target: (await aTarget(ctx)).id }),
		actions: {
			change: async ({ ctx }) => ({ ...target, targetId: (await aTarget(ctx)).id }),
			end: async ({ ctx }) => ({ targetId: (await aTarget(ctx)).id, until: '2027' })
		}
	}
};
