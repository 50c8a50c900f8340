import { existsSync } from 'node:fs';
import path from 'node:path';
import { complain, say, WrongUsage, type Command } from './command.ts';

const root = path.resolve(import.meta.dirname, '../..');
const names = ['serve', 'migrate', 'seed', 'admin', 'courses', 'import', 'export', 'bounce', 'verify'].filter((name) =>
	existsSync(path.join(import.meta.dirname, `${name}.ts`))
);

// A folder named by hand counts from where one stands, the usual one from the checkout. Whoever reads the configuration comes later.
process.env.MINGFA_DATA ||= path.join(root, '.data');

/** The module of a subcommand. */
function load(name: string): Promise<Command> {
	return import(`./${name}.ts`);
}

async function overview(): Promise<string> {
	const width = Math.max(...names.map((name) => name.length));
	const lines = await Promise.all(names.map(async (name) => `  ${name.padEnd(width)}  ${(await load(name)).summary}`));
	return [
		'Usage: mingfa COMMAND [OPTIONS]',
		'',
		...lines,
		'',
		'"mingfa COMMAND --help" explains one. Exit codes: 0 done, 1 refused or failed, 2 wrong usage or configuration.'
	].join('\n');
}

async function main([name = '', ...argv]: string[]): Promise<number> {
	if (['', 'help', '--help', '-h'].includes(name)) {
		(name === '' ? complain : say)(await overview());
		return name === '' ? 2 : 0;
	}
	if (!names.includes(name)) {
		complain(`"${name}" is no command of mingfa. "mingfa --help" lists them: ${names.join(', ')}.`);
		return 2;
	}

	const command = await load(name);
	if (argv.includes('--help') || argv.includes('-h')) {
		say(command.usage);
		return 0;
	}
	try {
		return await command.run(argv);
	} catch (error) {
		return explain(name, error as Error & { code?: string });
	}
}

function explain(name: string, error: Error & { code?: string }): number {
	if (error instanceof WrongUsage || error.code?.startsWith('ERR_PARSE_ARGS')) {
		complain(`${error.message.replace(/\.?$/, '.')} "mingfa ${name} --help" shows how.`);
		return 2;
	}
	complain(
		process.env.LOG_LEVEL === 'debug'
			? (error.stack ?? error.message)
			: ((error.message || error.code) ?? String(error))
	);
	return 1;
}

process.exit(await main(process.argv.slice(2)));
