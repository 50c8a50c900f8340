import { eq } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { peopleListMembers } from '#db/schema/audiences.ts';
import { subscribe } from '#lib/server/platform/announce.ts';
import {
	createPeopleList,
	removePeopleList,
	replacePeopleList
} from '#lib/server/programmes/audiences/keep-people-list.ts';
import { getPeopleList, listListMembers } from '#lib/server/programmes/audiences/people-lists.ts';
import { anAudience } from '#tests/factories/audiences.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aRosterFile } from '#tests/factories/roster-files.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const csv = (...rows: string[]) => Buffer.from(rows.join('\n'));

test('takes whom a file names, and says of every other row why not', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const [hr, clerk, stranger] = [await aPerson(base, { unit }), await aPerson(base, { unit }), await aPerson(base)];
	const ctx = as(base, hr.id, { role: 'hr', unit });
	const file = csv(
		'2026年骨干名单',
		'序号,工号,姓名',
		`1,${clerk.staffNumber.toLowerCase()},甲`,
		`2,${stranger.staffNumber},乙`,
		'3,,丙',
		`4, ${clerk.staffNumber},甲`,
		`5,${hr.staffNumber},丁`
	);

	const kept = await createPeopleList(ctx, { unitId: unit.id, name: '骨干' }, file);
	expect(kept).toMatchObject({
		added: 2,
		read: 5,
		passed: [
			{ row: 4, typed: stranger.staffNumber, reason: 'unknown' },
			{ row: 5, typed: '', reason: 'blank' },
			{ row: 6, typed: clerk.staffNumber, reason: 'twice' }
		]
	});
	expect((await getPeopleList(ctx, kept.id)).people).toBe(2);
	expect((await listListMembers(ctx, kept.id, {})).rows.map(({ id }) => id).sort()).toEqual([hr.id, clerk.id].sort());
});

test('reads a workbook, and refuses what holds no numbers or nobody', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const hr = await aPerson(base, { unit });
	const ctx = as(base, hr.id, { role: 'liaison', unit });
	const create = (file: Buffer) => createPeopleList(ctx, { unitId: unit.id, name: '甲' }, file);

	await expect(create(csv('姓名', '白景行'))).rejects.toThrow('people-list.no-numbers');
	await expect(create(csv('工号', 'X1'))).rejects.toThrow('people-list.nobody');
	expect((await create(await aRosterFile([{ staffNumber: hr.staffNumber }]))).added).toBe(1);
	await expect(create(csv('工号', hr.staffNumber))).rejects.toThrow('people-list.name-taken');
});

test('is for those over its unit', async ({ ctx: base }) => {
	const [unit, other] = [await aUnit(base), await aUnit(base)];
	const person = await aPerson(base, { unit });
	const file = csv('工号', person.staffNumber);
	const kept = await createPeopleList(as(base, person.id, { role: 'hr', unit }), { unitId: unit.id, name: '甲' }, file);
	const stranger = as(base, person.id, { role: 'hr', unit: other });
	const reader = as(base, person.id, { role: 'leader', unit });

	await expect(createPeopleList(stranger, { unitId: unit.id, name: '乙' }, file)).rejects.toThrow('unit.not-found');
	await expect(getPeopleList(stranger, kept.id)).rejects.toThrow('people-list.not-found');
	expect((await getPeopleList(reader, kept.id)).mayEdit).toBe(false);
	await expect(replacePeopleList(reader, kept.id, file)).rejects.toThrow('people-list.not-found');
});

test('another file puts others in the place of all, and tells of the audiences that name it', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const [hr, clerk] = [await aPerson(base, { unit }), await aPerson(base, { unit })];
	const ctx = as(base, hr.id, { role: 'hr', unit });
	const heard = vi.fn(async () => undefined);
	subscribe('audience.changed', heard);
	const { id } = await createPeopleList(ctx, { unitId: unit.id, name: '甲' }, csv('工号', hr.staffNumber));
	const audience = await anAudience(base, { unit, rule: { all: [{ not: { list: { id } } }] } });
	await anAudience(base, { unit });

	await replacePeopleList(ctx, id, csv('工号', clerk.staffNumber));
	const members = await ctx.db.select().from(peopleListMembers).where(eq(peopleListMembers.listId, id));
	expect(members.map(({ personId }) => personId)).toEqual([clerk.id]);
	expect(heard).toHaveBeenCalledWith(expect.anything(), { audienceIds: [audience.id] });

	await expect(removePeopleList(ctx, { listId: id })).rejects.toThrow('people-list.in-use');
});
