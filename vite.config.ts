import { globSync, readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './scripts/browser.mjs';
import { forgetRequests } from './scripts/forget-requests.ts';

// vitest sets VITEST before it reads this file. Domain tests then go without the framework, and start in a second.
const testing = process.env.VITEST !== undefined;

/**
 * A page that is gone to fetches its styles beforehand and its parts as they are imported. Naming the many small parts of
 * every page in the script that all pages load would cost each of them more than that saves.
 */
const modulePreload = {
	polyfill: false,
	resolveDependencies: (_: string, parts: string[]) => parts.filter((part) => part.endsWith('.css'))
};

/**
 * The frame around every page, with all that it needs, goes to the browser in one file rather than in dozens of very small
 * ones, which compress badly: every message is a module of its own. So does what half of all pages need.
 */
const gatherFrame = (): Plugin => ({
	name: 'mingfa-gather-frame',
	config: ({ build }) => {
		if (build?.ssr) return undefined;
		const frame = { name: 'frame', test: /[\\/]src[\\/]lib[\\/]components[\\/]shell[\\/]/ };
		const common = { name: 'common', test: /[\\/](src[\\/]lib|node_modules)[\\/]/, minShareCount: 100 };
		return { build: { modulePreload, rolldownOptions: { output: { codeSplitting: { groups: [frame, common] } } } } };
	}
});

const application = () => [
	tailwindcss(),
	paraglideVitePlugin({
		project: './project.inlang',
		outdir: './src/lib/paraglide',
		strategy: ['cookie', 'preferredLanguage', 'baseLocale']
	}),
	sveltekit(),
	gatherFrame(),
	forgetRequests()
];

const domainTests = 'tests/{setup,server,cli,content}/**/*.test.ts';
const domain = {
	environment: 'node',
	include: [domainTests],
	globalSetup: ['tests/setup/global-setup.ts'],
	testTimeout: 60_000, // a busy machine takes its time; no test waits for it
	hookTimeout: 60_000
};

/** Domain tests share a process and its database: most of their time went into starting these. Not those that replace a module or a variable. */
const alone = testing
	? globSync(domainTests).filter((file) => /vi\.(hoisted|mock|resetModules|stubEnv)\(/.test(readFileSync(file, 'utf8')))
	: [];

export default defineConfig({
	plugins: testing ? [] : [application()],
	server: { fs: { allow: ['.'] } },
	test: {
		maxWorkers: '100%', // by itself it leaves one processor free: of two, half of what there is
		projects: [
			{
				test: {
					...domain,
					name: 'domain',
					isolate: false,
					exclude: alone
				}
			},
			{
				test: { ...domain, name: 'alone', include: alone }
			},
			{
				plugins: [application()],
				test: {
					name: 'component',
					include: ['tests/components/**/*.svelte.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: { executablePath: testing ? findBrowser() : undefined, args: browserFlags },
							contextOptions: { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
