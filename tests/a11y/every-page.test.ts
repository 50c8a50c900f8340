import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { roles } from '#lib/server/platform/roles.ts';
import { aPerson } from '../factories/people.ts';
import { aGrant, aUnit } from '../factories/units.ts';
import { addressOf } from '../e2e/route-address.ts';
import { routeAccess } from '../e2e/route-access.ts';
import { findRoutes } from '../e2e/route-files.ts';
import { expect, test } from '../e2e/test.ts';

const pages = findRoutes().filter(({ id, hasPage }) => hasPage && id in routeAccess);
const languages = ['zh-CN', 'en'];
const themes = ['light', 'dark'];

// colours are measured when they have arrived, not on their way
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const route of pages) {
	const access = routeAccess[route.id];
	if (!access || (access.open !== 'to-holders' && (access.status ?? 200) !== 200)) continue;

	test(`${route.id} reads for everybody, in both languages and themes, and fits a phone`, async ({
		page,
		ctx,
		signIn,
		baseURL
	}) => {
		test.setTimeout(90_000);
		const unit = await aUnit(ctx);
		const holder = await aPerson(ctx, { unit });
		if (access.open !== 'to-all') {
			for (const role of roles.filter((role) => role !== 'learner')) await aGrant(ctx, holder.id, role, unit);
			await signIn(page, holder);
		}
		const address = await addressOf(route, access, { ctx, unit, holder, person: await aPerson(ctx, { unit }) });

		for (const language of languages) {
			await page.context().addCookies([{ name: 'PARAGLIDE_LOCALE', value: language, url: baseURL ?? '' }]);
			await page.setViewportSize({ width: 1280, height: 900 });
			await page.goto(address);
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			await expect(page.locator('h1')).toHaveCount(1);
			for (const theme of themes) await expectNothingFound(page, `${language}, ${theme}`, theme);

			await page.setViewportSize({ width: 360, height: 740 });
			expect(await overflowOf(page), `pixels beyond the right edge at 360, ${language}`).toBe(0);
		}
	});
}

async function expectNothingFound(page: Page, where: string, theme: string): Promise<void> {
	await page.evaluate((theme) => document.documentElement.setAttribute('data-theme', theme), theme);
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
	expect(found, where).toEqual([]);
}

/** How far the page can be scrolled sideways. */
const overflowOf = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
