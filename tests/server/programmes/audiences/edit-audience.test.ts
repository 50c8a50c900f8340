import { eq } from 'drizzle-orm';
import { describe, expect, vi } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { people } from '#db/schema/people.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import { subscribe } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { archiveAudience } from '#lib/server/programmes/audiences/archive-audience.ts';
import { copyAudience } from '#lib/server/programmes/audiences/copy-audience.ts';
import { createAudience } from '#lib/server/programmes/audiences/create-audience.ts';
import { editAudience } from '#lib/server/programmes/audiences/edit-audience.ts';
import { explainMembership } from '#lib/server/programmes/audiences/explain-membership.ts';
import { listMembers, previewAudience } from '#lib/server/programmes/audiences/preview-audience.ts';
import { getAudience, listAudienceChoices, listVersions } from '#lib/server/programmes/audiences/queries.ts';
import { anAudience, aPeopleList } from '#tests/factories/audiences.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function aCity(base: Context) {
	const city = await aUnit(base);
	const county = await aUnit(base, { below: city });
	const elsewhere = await aUnit(base);
	const hr = await aPerson(base, { unit: city });
	return { city, county, elsewhere, hr, ctx: as(base, hr.id, { role: 'hr', unit: city }) };
}

const leaders: AudienceRule = { leading: true };

describe('what a rule may name', () => {
	test('units, people and lists within reach', async ({ ctx: base }) => {
		const { ctx, city, county } = await aCity(base);
		const person = await aPerson(ctx, { unit: county });
		const list = await aPeopleList(ctx, { unit: county, members: [person] });
		const rule: AudienceRule = {
			any: [{ unit: { ids: [county.id], subtree: true } }, { people: { ids: [person.id] } }, { list: { id: list.id } }]
		};
		const id = await createAudience(ctx, { unitId: city.id, name: '县局', rule });
		expect(await getAudience(ctx, id)).toMatchObject({ name: '县局', number: 1, rule, mayEdit: true });
	});

	test('nothing out of reach', async ({ ctx: base }) => {
		const { ctx, city, elsewhere } = await aCity(base);
		const stranger = await aPerson(ctx, { unit: elsewhere });
		const list = await aPeopleList(ctx, { unit: elsewhere, members: [] });
		for (const rule of [
			{ unit: { ids: [city.id, elsewhere.id], subtree: false } },
			{ not: { people: { ids: [stranger.id] } } },
			{ list: { id: list.id } },
			{ course: { id: city.id, done: true } }
		]) {
			await expect(createAudience(ctx, { unitId: city.id, name: '外', rule })).rejects.toThrow('audience.beyond-reach');
		}
		await expect(createAudience(ctx, { unitId: elsewhere.id, name: '外', rule: leaders })).rejects.toThrow(
			'unit.not-found'
		);
	});

	test('whom it named before stays, also when they have moved away', async ({ ctx: base }) => {
		const { ctx, city, county, elsewhere } = await aCity(base);
		const person = await aPerson(ctx, { unit: county });
		const rule: AudienceRule = { people: { ids: [person.id] } };
		const audienceId = await createAudience(ctx, { unitId: city.id, name: '个人', rule });
		await ctx.db.update(people).set({ unitId: elsewhere.id }).where(eq(people.id, person.id));

		await editAudience(ctx, { audienceId, name: '个人', rule: { any: [rule, leaders] }, number: 1 });
		expect((await getAudience(ctx, audienceId)).number).toBe(2);
	});
});

describe('changing an audience', () => {
	test('keeps every wording and tells those who hear of it', async ({ ctx: base }) => {
		const { ctx, city } = await aCity(base);
		const heard = vi.fn(async () => undefined);
		subscribe('audience.changed', heard);
		const audienceId = await createAudience(ctx, { unitId: city.id, name: '领导', rule: leaders });

		await editAudience(ctx, { audienceId, name: '领导干部', rule: leaders, number: 1 });
		expect(heard).not.toHaveBeenCalled();
		await editAudience(ctx, { audienceId, name: '领导干部', rule: { not: leaders }, number: 1 });
		expect(heard).toHaveBeenCalledWith(expect.anything(), { audienceIds: [audienceId] });

		expect((await listVersions(ctx, audienceId)).map(({ number, rule }) => [number, rule])).toEqual([
			[2, { not: leaders }],
			[1, leaders]
		]);
		const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, audienceId));
		expect(lines.map(({ action }) => action).sort()).toEqual([
			'audience.changed',
			'audience.created',
			'audience.renamed'
		]);
		expect(JSON.stringify(lines)).not.toContain('领导');
	});

	test('refuses to overwrite what somebody else has changed since', async ({ ctx: base }) => {
		const { ctx, city } = await aCity(base);
		const audienceId = await createAudience(ctx, { unitId: city.id, name: '甲', rule: leaders });
		await editAudience(ctx, { audienceId, name: '甲', rule: { all: [] }, number: 1 });
		await expect(editAudience(ctx, { audienceId, name: '甲', rule: { not: leaders }, number: 1 })).rejects.toThrow(
			'audience.changed-meanwhile'
		);
	});

	test('a name is taken once in a unit, and free again once archived', async ({ ctx: base }) => {
		const { ctx, city } = await aCity(base);
		const first = await createAudience(ctx, { unitId: city.id, name: '甲', rule: leaders });
		await expect(copyAudience(ctx, { audienceId: first, name: '甲' })).rejects.toThrow('audience.name-taken');
		await archiveAudience(ctx, { audienceId: first });
		const copy = await copyAudience(ctx, { audienceId: first, name: '甲' });
		expect((await listAudienceChoices(ctx)).map(({ id }) => id)).toEqual([copy]);
		await expect(archiveAudience(ctx, { audienceId: first })).rejects.toThrow('audience.archived');
		await expect(editAudience(ctx, { audienceId: first, name: '乙', rule: leaders, number: 1 })).rejects.toThrow(
			'audience.archived'
		);
	});

	test('is for those over its unit; a leader sees it, others do not find it', async ({ ctx: base }) => {
		const { city, county, hr } = await aCity(base);
		const audience = await anAudience(base, { unit: city });
		const below = as(base, hr.id, { role: 'hr', unit: county });
		const leader = as(base, hr.id, { role: 'leader', unit: city });

		await expect(getAudience(below, audience.id)).rejects.toThrow('audience.not-found');
		expect((await getAudience(leader, audience.id)).mayEdit).toBe(false);
		await expect(archiveAudience(leader, { audienceId: audience.id })).rejects.toThrow('audience.not-found');
		expect(await listAudienceChoices(leader)).toEqual([]);
	});
});

describe('who belongs', () => {
	test('is counted exactly and sampled, never beyond the unit', async ({ ctx: base }) => {
		const { ctx, city, county, elsewhere } = await aCity(base);
		for (const unit of [city, county, elsewhere]) await aPerson(ctx, { unit, leadershipLevel: 'section-chief' });
		await aPerson(ctx, { unit: city, leadershipLevel: 'section-chief', status: 'retired', leftOn: '2026-01-01' });

		const { count, sample } = await previewAudience(ctx, { rule: leaders, unitPath: city.path });
		expect(count).toBe(2);
		expect(sample.map(({ unit }) => unit).sort()).toEqual([city.name, county.name].sort());
		expect(
			(await previewAudience(ctx, { rule: { all: [leaders, { status: { in: ['retired'] } }] }, unitPath: city.path }))
				.count
		).toBe(1);
		const page = await listMembers(ctx, { rule: leaders, unitPath: city.path }, {}, { size: 1 });
		expect(page.rows).toHaveLength(1);
		expect(
			(
				await listMembers(
					ctx,
					{ rule: leaders, unitPath: city.path },
					{ after: page.next },
					{ size: 1, count: 1_000_000 }
				)
			).rows[0]!.id
		).not.toBe(page.rows[0]!.id);
	});

	test('is told of a person part by part, and only of people within reach', async ({ ctx: base }) => {
		const { ctx, city, county } = await aCity(base);
		const person = await aPerson(ctx, { unit: county, rank: 'clerk-1' });
		const rule: AudienceRule = { any: [leaders, { rank: { in: ['clerk-1'] } }] };
		expect(await explainMembership(ctx, { rule, unitPath: city.path }, person.id)).toMatchObject({
			belongs: true,
			bounded: true,
			serving: true,
			unit: county.name,
			rule: { holds: true, parts: [{ holds: false }, { holds: true }] }
		});

		const stranger = await aPerson(ctx, { unit: await theProvince(ctx) });
		await expect(explainMembership(ctx, { rule, unitPath: city.path }, stranger.id)).rejects.toThrow(
			'person.not-found'
		);
	});
});
