import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './scripts/browser.mjs';

export default defineConfig({
	testDir: 'tests',
	testMatch: ['e2e/**/*.test.ts', 'a11y/**/*.test.ts'],
	outputDir: 'test-results/playwright',
	globalSetup: './tests/setup/serve-application.ts',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	forbidOnly: process.env.CI !== undefined,
	timeout: 60_000, // a busy machine takes its time; no test waits for it
	expect: { timeout: 10_000 },
	reporter: [['list']],
	use: {
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		serviceWorkers: 'block', // requests through one would lose the header that moves the clock
		screenshot: 'only-on-failure',
		launchOptions: { executablePath: process.env.BROWSER_PATH ?? findBrowser(), args: browserFlags }
	}
});
