import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './test.ts';

declare global {
	interface Window {
		axe?: typeof axe;
	}
}

const everyRule: axe.RunOnly = {
	type: 'tag',
	values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
};

// Each rule meets both languages, both themes and both widths; colours meet each theme at each width.
const sights = [
	{ language: 'zh-CN', wide: 'light', narrow: 'dark' },
	{ language: 'en', wide: 'dark', narrow: 'light' }
];

/** Finds no barrier on the page as it stands. */
export async function expectNoBarrier(page: Page, where?: string): Promise<void> {
	// Axe's own way for Playwright loads it anew for each look, and gathers what passed in a page opened for that: many times
	// as long. We have no frames, which is what it does so for.
	if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
	const found = await page.evaluate(async (runOnly) => {
		const { violations } = await window.axe!.run(document, { runOnly, resultTypes: ['violations'] });
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
	}, everyRule);
	expect(found, where).toEqual([]);
}

/** Opens a page in both languages: it reads in both themes without a barrier, and fits a phone. */
export async function expectReadable(page: Page, open: () => Promise<unknown>): Promise<void> {
	await page.emulateMedia({ reducedMotion: 'reduce' }); // colours are measured when they have arrived, not on their way
	const { origin } = new URL(process.env.E2E_URL ?? '');

	for (const { language, wide, narrow } of sights) {
		await page.context().addCookies([{ name: 'PARAGLIDE_LOCALE', value: language, url: origin }]);
		await page.setViewportSize({ width: 1280, height: 900 });
		await open();
		await expect(page.locator('html')).toHaveAttribute('lang', language);
		await expect(page.locator('h1')).toHaveCount(1);
		await show(page, wide);
		await expectNoBarrier(page, `${language}, ${wide}`);

		await page.setViewportSize({ width: 360, height: 740 });
		await show(page, narrow);
		expect(await overflowOf(page), `beyond the right edge at 360, ${language}`).toEqual([]);
		await expectNoBarrier(page, `${language}, ${narrow}, at 360`);
	}
}

const show = (page: Page, theme: string) =>
	page.evaluate((theme) => document.documentElement.setAttribute('data-theme', theme), theme);

/** What can be reached by scrolling the page sideways: the innermost elements that end beyond its edge. */
const overflowOf = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const beyond = [...document.body.querySelectorAll('*')].filter(
			(element) => element.getBoundingClientRect().right > clientWidth
		);
		const innermost = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)));
		return [`${scrollWidth - clientWidth} px`, ...innermost.map(({ outerHTML }) => outerHTML.slice(0, 160))];
	});
