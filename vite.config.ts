import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './scripts/browser.mjs';

const languages = paraglideVitePlugin({
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	strategy: ['cookie', 'preferredLanguage', 'baseLocale']
});

// vitest sets VITEST before it reads this file: only then is a browser looked for.
const browser = process.env.VITEST ? findBrowser() : undefined;

export default defineConfig({
	plugins: [tailwindcss(), languages, sveltekit()],
	define: { __TEST_SEAM__: JSON.stringify(process.env.MINGFA_BUILD === 'test') },
	server: { fs: { allow: ['.'] } },
	test: {
		projects: [
			{
				define: { __TEST_SEAM__: 'true' },
				test: {
					name: 'domain',
					environment: 'node',
					include: ['tests/{setup,server,cli,content}/**/*.test.ts'],
					globalSetup: ['tests/setup/global-setup.ts'],
					testTimeout: 20_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'component',
					include: ['tests/components/**/*.svelte.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: { executablePath: browser, args: browserFlags } }),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
