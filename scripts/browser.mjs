// Where a Chromium is: the tests drive a real one.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Features that go. Chromium hears the last such list alone: it holds those that Playwright leaves out as well, before the
 * pages that the address bar loads anew for each window, which take longer than many a page of ours.
 */
const withoutFeatures = [
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsFirstBalancedModeAutoEnable',
	'HttpsUpgrades',
	'LensOverlay',
	'MediaRouter',
	'NetworkTimeServiceQuerying',
	'OptimizationHints',
	'PaintHolding',
	'PreconnectToSearch',
	'ThirdPartyStoragePartitioning',
	'AimEnabled',
	'WebUIOmniboxAimPopup',
	'WebUIOmniboxFullPopup',
	'WebUIOmniboxPopup'
];

/** What Chromium needs to start under root, in a container, and without calling home. */
export const browserFlags = [
	`--disable-features=${withoutFeatures}`,
	'--no-sandbox',
	'--disable-gpu',
	'--disable-dev-shm-usage',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

const names = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'microsoft-edge',
	'microsoft-edge-stable'
];

const applications = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/** A Chromium of Playwright's own download, where somebody has run `playwright install`. */
function downloaded() {
	const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(os.homedir(), '.cache/ms-playwright');
	if (!existsSync(cache)) return [];
	return readdirSync(cache)
		.filter((folder) => folder.startsWith('chromium'))
		.flatMap((folder) =>
			['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-linux/headless_shell'].map((file) =>
				path.join(cache, folder, file)
			)
		);
}

/** Debian's snap stubs exist and do nothing: only what tells its version counts. */
function answers(file) {
	try {
		return /\d+\./.test(
			execFileSync(file, ['--version'], { encoding: 'utf8', timeout: 15_000, stdio: ['ignore', 'pipe', 'ignore'] })
		);
	} catch {
		return false;
	}
}

/** Path of a Chromium, Chrome or Edge, or undefined: BROWSER_PATH, the system's, then Playwright's. */
export function findBrowser() {
	if (process.env.BROWSER_PATH) return process.env.BROWSER_PATH;

	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/snap/bin'];
	const system =
		process.platform === 'darwin'
			? applications
			: names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
	return [...new Set([...system, ...downloaded()])].find((file) => existsSync(file) && answers(file));
}

/** Without a CJK font every Chinese glyph is an empty box, and every screenshot a lie. */
function hasChineseFont() {
	const { status, stdout } = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
	return status === 0 && stdout.trim() !== '';
}

/** The browser, installed from Debian with its Chinese fonts where we may. @throws a sentence that says what to install */
export function ensureBrowser() {
	const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	const found = findBrowser();
	if (found && (hasChineseFont() || !mayInstall)) return found;

	if (mayInstall) {
		console.log('Installing chromium and fonts-noto-cjk from Debian.');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		spawnSync('apt-get', ['update'], { stdio: 'ignore', timeout: 180_000, env });
		spawnSync(
			'apt-get',
			['install', '-y', '--no-install-recommends', ...(found ? [] : ['chromium']), 'fonts-noto-cjk', 'fontconfig'],
			{
				stdio: ['ignore', 'ignore', 'inherit'],
				timeout: 600_000,
				env
			}
		);
	}
	const browser = findBrowser();
	if (!browser) throw new Error('No Chromium, Chrome or Edge was found: install one, or name it in BROWSER_PATH.');
	return browser;
}
