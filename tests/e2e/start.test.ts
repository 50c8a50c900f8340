import { expect, test } from './test.ts';

test('speaks Chinese to whoever comes first', async ({ page }) => {
	await page.goto('/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('draws Chinese characters, not empty boxes', async ({ page }) => {
	await page.setContent('<canvas width="200" height="100"></canvas>');
	const differ = await page.evaluate(() => {
		const pen = document.querySelector('canvas')!.getContext('2d')!;
		const drawing = (text: string) => {
			pen.clearRect(0, 0, 200, 100);
			pen.font = '64px serif';
			pen.fillText(text, 10, 80);
			return pen.canvas.toDataURL();
		};
		return drawing('法') !== drawing('明');
	});
	expect(differ).toBe(true);
});
