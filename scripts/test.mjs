// npm test: domain and component tests, then the application as built, in a real browser. `npm test -- FILE` runs one file alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './browser.mjs';

const reports = {
	vitest: path.resolve('test-results/vitest.json'),
	playwright: path.resolve('test-results/playwright.json')
};
const inBrowser = /^tests\/(e2e|a11y)(\/|$)/;
const isComponent = /^tests\/components(\/|$)|\.svelte\.test\.ts$/;

/** Words that name files or folders go to the runner that knows them; words that begin with a dash go to both. */
const words = process.argv.slice(2).map((word) => word.replace(/^\.\//, ''));
const paths = words.filter((word) => !word.startsWith('-'));
const options = words.filter((word) => word.startsWith('-'));
const chosen = {
	domain: paths.filter((file) => !inBrowser.test(file) && !isComponent.test(file)),
	component: paths.filter((file) => isComponent.test(file)),
	browser: paths.filter((file) => inBrowser.test(file))
};
const runs = (kind) => paths.length === 0 || chosen[kind].length > 0;

/** Runs a tool to its end and reads its report: a run that leaves none counts as one failure. */
function count(report, read, tool, ...args) {
	rmSync(report, { force: true });
	const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reports.playwright };
	const { status } = spawnSync(process.execPath, ['scripts/with-node.mjs', tool, ...args, ...options], {
		stdio: 'inherit',
		env
	});

	const counted = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 };
	return { passed: counted.passed, failed: counted.failed === 0 && status !== 0 ? 1 : counted.failed };
}

function runVitest() {
	const kinds = { domain: ['domain', 'alone'], component: ['component'] };
	const projects = Object.keys(kinds)
		.filter(runs)
		.flatMap((kind) => kinds[kind]);
	const read = ({ numPassedTests, numFailedTests, testResults }) => {
		const unread = testResults.filter(
			({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
		);
		return { passed: numPassedTests, failed: numFailedTests + unread.length };
	};
	const reporters = [
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${reports.vitest}`,
		'--passWithNoTests'
	];
	return count(
		reports.vitest,
		read,
		'vitest',
		'run',
		...projects.flatMap((project) => ['--project', project]),
		...reporters,
		...chosen.domain,
		...chosen.component
	);
}

function runPlaywright() {
	const read = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected });
	return count(
		reports.playwright,
		read,
		'playwright',
		'test',
		'--reporter=list,json',
		'--pass-with-no-tests',
		...chosen.browser
	);
}

mkdirSync('test-results', { recursive: true });
const results = [];
try {
	if (runs('component') || runs('browser')) process.env.BROWSER_PATH = ensureBrowser();
	if (runs('domain') || runs('component')) results.push(runVitest());
	if (runs('browser')) results.push(runPlaywright());
} catch (error) {
	console.error(error.message);
	results.push({ passed: 0, failed: 1 });
}

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 ? 1 : 0);
