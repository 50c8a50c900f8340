import { roles } from '#lib/server/platform/roles.ts';
import { aPerson } from '../factories/people.ts';
import { someUnread } from '../factories/reminders.ts';
import { aGrant, aUnit, theProvince } from '../factories/units.ts';
import { expectReadable } from '../e2e/barriers.ts';
import { addressOf } from '../e2e/route-address.ts';
import { type RouteAccess, routeAccess } from '../e2e/route-access.ts';
import { findRoutes } from '../e2e/route-files.ts';
import { expect, test } from '../e2e/test.ts';

const pages = findRoutes().filter(({ id, hasPage }) => hasPage && id in routeAccess);

for (const route of pages) {
	const access = routeAccess[route.id];
	if (!access || !isSwept(access)) continue;

	test(`${route.id} reads for everybody, in both languages and themes, and fits a phone`, async ({
		page,
		ctx,
		signIn
	}) => {
		test.setTimeout(90_000);
		const unit = await aUnit(ctx);
		const holder = await aPerson(ctx, { unit });
		if (access.open !== 'to-all') {
			const reach = access.open === 'to-holders' && access.over === 'everything' ? await theProvince(ctx) : unit;
			for (const role of roles.filter((role) => role !== 'learner')) await aGrant(ctx, holder.id, role, reach);
			await signIn(page, holder);
			await someUnread(ctx, holder.id, 10); // two digits: the top bar at its widest
		}
		const address = await addressOf(route, access, { ctx, unit, holder, person: await aPerson(ctx, { unit }) });

		await expectReadable(page, async () => {
			const response = await page.goto(address);
			expect(response?.status(), 'what was read was the page itself').toBe(200);
			return response;
		});
	});
}

/** What nobody but its owner sees is read where the holder of the place is the owner; the rest is read in tests of its own. */
function isSwept(access: RouteAccess): boolean {
	if (access.open === 'to-holders' || (access.status ?? 200) === 200) return true;
	return access.open === 'to-the-signed-in' && access.isHolders === true;
}
