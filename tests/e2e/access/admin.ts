import { grants } from '#db/schema/units.ts';
import { record } from '#lib/server/audit/record.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/admin/audit': {
		open: 'to-holders',
		ability: 'audit:view',
		over: 'everything',
		outOfReach: 403,
		shows: async ({ ctx, person }) => {
			await record(ctx, 'person.corrected', person.id);
			return person.name;
		},
		actions: { verify: () => ({}) }
	},
	'/(app)/admin/roles': {
		open: 'to-holders',
		ability: 'role:view',
		shows: async (place) => {
			await aGrantThere(place);
			return place.person.name;
		},
		actions: { revoke: async (place) => ({ grantId: await aGrantThere(place) }) }
	},
	'/(app)/admin/roles/meaning': { open: 'to-holders', ability: 'role:view', shows: 'everything' },
	'/(app)/admin/roles/new': {
		open: 'to-holders',
		ability: 'role:grant',
		shows: ({ unit }) => unit.name,
		actions: {
			default: async ({ ctx, unit }) => ({
				personId: (await aPerson(ctx, { unit })).id,
				role: 'liaison',
				unitId: unit.id,
				from: '2026-11-23',
				until: ''
			})
		}
	}
};

async function aGrantThere({ ctx, unit, person }: Place): Promise<string> {
	const id = newId();
	const holder = await aPerson(ctx, { unit, name: person.name });
	const dates = { startsOn: '2020-01-01', grantedAt: ctx.now };
	await ctx.db.insert(grants).values({ id, personId: holder.id, role: 'liaison', unitId: unit.id, ...dates });
	return id;
}
