import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { units } from '#db/schema/units.ts';
import { abilities, abilitiesOf } from '#lib/server/access/abilities.ts';
import { can, canSomewhere, demandNotOwn, demandWithin, isWithin, within } from '#lib/server/access/scope.ts';
import type { Actor } from '#lib/server/platform/context.ts';
import { roles } from '#lib/server/platform/roles.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const paths = ['p', 'p.a', 'p.a.x', 'p.a.x.y', 'p.ab', 'p.b', 'p.b.x'];
const anActor = fc
	.array(fc.record({ role: fc.constantFrom(...roles), unitPath: fc.constantFrom(...paths), lent: fc.boolean() }), {
		maxLength: 4
	})
	.map((grants): Actor => ({ personId: 'somebody', unitPath: 'p', grants }));

test('answers for a list exactly as for each thing in it, whatever the ability', async ({ ctx }) => {
	const tree = sql`(values ${sql.join(
		paths.map((path) => sql`(${path}::ltree)`),
		sql`, `
	)}) tree (path)`;

	for (const ability of abilities) {
		await fc.assert(
			fc.asyncProperty(anActor, async (actor) => {
				const { rows } = await ctx.db.execute<{ path: string }>(
					sql`select path::text from ${tree} where ${within(actor, ability, sql`path`)}`
				);
				expect(rows.map(({ path }) => path).sort()).toEqual(paths.filter((path) => can(actor, ability, path)).sort());
			}),
			{ numRuns: 25 }
		);
	}
});

test('reads the path of a table the same way', async ({ ctx }) => {
	const province = await theProvince(ctx);
	const unit = await aUnit(ctx);
	const below = await aUnit(ctx, { below: unit });
	const { actor } = as(ctx, below.id, { role: 'hr', unit });

	const reached = await ctx.db
		.select({ id: units.id })
		.from(units)
		.where(within(actor, 'people:edit', units.path));
	expect(reached.map(({ id }) => id).sort()).toEqual([unit.id, below.id].sort());
	expect(can(actor, 'people:edit', province.path)).toBe(false);
});

test('does not take a similar label for the same unit', () => {
	expect(isWithin('p.ab', 'p.a')).toBe(false);
	expect(isWithin('p.a.b', 'p.a')).toBe(true);
});

test('hides what is out of reach, and refuses to decide in one’s own case', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const elsewhere = await aUnit(ctx);
	const hr = as(ctx, unit.id, { role: 'hr', unit });

	expect(() => demandWithin(hr, 'people:edit', unit.path, 'person')).not.toThrow();
	expect(() => demandWithin(hr, 'people:edit', elsewhere.path, 'person')).toThrow('person.not-found');
	expect(() => demandNotOwn(hr, unit.id)).toThrow('access.own-case');
});

test('does not let a deputy hand roles on', () => {
	const actor: Actor = { personId: 'deputy', unitPath: 'p.a', grants: [{ role: 'hr', unitPath: 'p.a', lent: true }] };
	expect(can(actor, 'people:edit', 'p.a')).toBe(true);
	expect(can(actor, 'role:grant', 'p.a')).toBe(false);
	expect(canSomewhere(actor, 'role:grant')).toBe(false);
});

test('names every ability noun first', () => {
	expect(abilities.every((ability) => /^[a-z]+:[a-z]+$/.test(ability))).toBe(true);
	expect(Object.keys(abilitiesOf)).toEqual([...roles]);
});
