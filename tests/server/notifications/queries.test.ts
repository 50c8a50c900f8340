import { expect } from 'vitest';
import { markAllRead, openNotification } from '#lib/server/notifications/mark-read.ts';
import { notify } from '#lib/server/notifications/notify.ts';
import { countUnread, listNotifications } from '#lib/server/notifications/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '../../factories/people.ts';
import { as } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const notice = (occasion: string) => ({
	kind: 'reminded' as const,
	occasion,
	href: `/courses/${occasion}`,
	values: { dueOn: '2026-12-31' }
});
const later = <Ctx extends Context>(ctx: Ctx, minutes: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + minutes * 60_000)
});

test('the same occasion is told once, whatever the number of people', async ({ ctx: base }) => {
	const [one, other] = [await aPerson(base), await aPerson(base)];
	await notify(base, [one.id, one.id, other.id], notice('a'));
	await notify(later(base, 5), [one.id, other.id], notice('a'));
	expect(await countUnread(as(base, one.id))).toBe(1);
});

test('a crowd is told in one go', async ({ ctx: base }) => {
	const people = [];
	for (let number = 0; number < 3; number++) people.push((await aPerson(base)).id);
	await notify(base, people, notice('a'));
	for (const id of people) expect(await countUnread(as(base, id))).toBe(1);
});

test('newest first, page by page and back', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	for (let number = 0; number < 60; number++)
		await notify(later(ctx, number), [ctx.actor.personId], notice(String(number)));

	const first = await listNotifications(ctx);
	expect([first.rows[0]?.href, first.rows.length, first.previous]).toEqual(['/courses/59', 50, null]);
	const second = await listNotifications(ctx, { after: first.next });
	expect([second.rows[0]?.href, second.rows.length, second.next]).toEqual(['/courses/9', 10, null]);
	expect((await listNotifications(ctx, { before: second.previous })).rows).toEqual(first.rows);
	expect((await listNotifications(ctx, { after: 'nonsense' })).rows).toEqual(first.rows);
});

test('opening one marks it and leads on; marking all marks the rest; those of others do not exist', async ({
	ctx: base
}) => {
	const [own, other] = [as(base, (await aPerson(base)).id), as(base, (await aPerson(base)).id)];
	await notify(base, [own.actor.personId, other.actor.personId], notice('a'));
	await notify(base, [own.actor.personId], notice('b'));
	const opened = (await listNotifications(own)).rows.find(({ href }) => href === '/courses/a')!;

	expect(await openNotification(own, { id: opened.id })).toBe('/courses/a');
	expect(await countUnread(own)).toBe(1);
	await expect(openNotification(other, { id: opened.id })).rejects.toThrow('notification.not-found');

	await markAllRead(own);
	expect([await countUnread(own), await countUnread(other)]).toEqual([0, 1]);
});
