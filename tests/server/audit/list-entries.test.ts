import { expect } from 'vitest';
import { chainEntries } from '#lib/server/audit/chain-entries.ts';
import { getChainState } from '#lib/server/audit/chain-state.ts';
import { listActions, listEntries } from '#lib/server/audit/list-entries.ts';
import { record, recordAll } from '#lib/server/audit/record.ts';
import { verifyRecord } from '#lib/server/audit/verify-record.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const all = { action: '', actor: '', subject: '' };

async function anAuditor(ctx: Context) {
	const province = await theProvince(ctx);
	return as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'auditor', unit: province });
}

test('shows decisions newest first, by the names of today', async ({ ctx: base }) => {
	const ctx = await anAuditor(base);
	const [hr, person] = [await aPerson(base), await aPerson(base)];
	await record(as(base, hr.id), 'person.corrected', person.id, { fields: ['name'] });
	await record(base, 'library.synced', null);

	const { rows } = await listEntries(ctx, all);
	expect(rows.map(({ action }) => action)).toEqual(['library.synced', 'person.corrected']);
	expect(rows[1]).toMatchObject({
		actorName: hr.name,
		actorNumber: hr.staffNumber,
		subjectName: person.name,
		details: { fields: ['name'] }
	});
	expect(rows[0]).toMatchObject({ actorName: null, subjectName: null });
	expect(await listActions(base)).toEqual(['library.synced', 'person.corrected']);
});

test('finds by action, by who acted, by whom it concerns and by day', async ({ ctx: base }) => {
	const ctx = await anAuditor(base);
	const [hr, person] = [await aPerson(base), await aPerson(base)];
	await record(as(base, hr.id), 'person.corrected', person.id);
	await record({ ...base, now: new Date('2026-11-20T15:59:59Z') }, 'person.hired', person.id); // the 20th in Shanghai, one second before the 21st
	const count = async (filter: object) => (await listEntries(ctx, { ...all, ...filter })).rows.length;

	expect(await count({ action: 'person.hired' })).toBe(1);
	expect(await count({ actor: hr.staffNumber })).toBe(1);
	expect(await count({ actor: 'nobody' })).toBe(0);
	expect(await count({ subject: person.staffNumber })).toBe(2);
	expect(await count({ subject: person.id })).toBe(2);
	expect(await count({ subject: hr.id })).toBe(0);
	expect(await count({ from: '2026-11-20', to: '2026-11-20' })).toBe(1);
	expect(await count({ from: '2026-11-21' })).toBe(1);
	expect(await count({ to: '2026-11-19' })).toBe(0);
});

test('pages without gaps', async ({ ctx: base }) => {
	const ctx = await anAuditor(base);
	await recordAll(
		base,
		'thing.done',
		Array.from({ length: 5 }, (_, count) => ({ subjectId: null, details: { count } }))
	);
	const first = await listEntries(ctx, all, {}, 3);
	const second = await listEntries(ctx, all, { after: first.next }, 3);
	expect([...first.rows, ...second.rows].map(({ details }) => details.count)).toEqual([4, 3, 2, 1, 0]);
	expect((await listEntries(ctx, all, { before: second.previous }, 3)).rows).toEqual(first.rows);
});

test('over a part of the tree, shows what its people did and what was done about them', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const [mine, other] = [await aPerson(base, { unit }), await aPerson(base)];
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'auditor', unit });
	await record(as(base, mine.id), 'thing.done', other.id);
	await record(as(base, other.id), 'thing.changed', mine.id);
	await record(as(base, other.id), 'thing.hidden', other.id);
	await record(base, 'library.synced', null);

	expect((await listEntries(ctx, all)).rows.map(({ action }) => action)).toEqual(['thing.changed', 'thing.done']);
	await expect(verifyRecord(ctx)).rejects.toThrow('access.forbidden');
});

test('says how the chain stands, and when it was verified', async ({ ctx: base }) => {
	const ctx = await anAuditor(base);
	expect(await getChainState(base)).toEqual({ links: 0, head: null, pending: 0, verified: null });
	await record(base, 'thing.done', null);
	expect(await getChainState(base)).toMatchObject({ links: 0, pending: 1 });

	const report = await verifyRecord(ctx);
	expect(report).toMatchObject({ links: 1, broken: null });
	await chainEntries(base);
	const state = await getChainState(base);
	expect(state).toMatchObject({ links: 2, pending: 0, verified: { at: ctx.now, links: 1, head: report.head } });
	expect(state.head).not.toBe(report.head);
});

test('is for auditors', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'hr', unit });
	expect(() => listEntries(ctx, all)).toThrow('access.forbidden');
	await expect(verifyRecord(ctx)).rejects.toThrow('access.forbidden');
});
