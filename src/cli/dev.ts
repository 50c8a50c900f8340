import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
process.env.MINGFA_DATA ||= path.join(root, '.data');

// `npm run dev`: the same database as `npm start`, and vite in place of the build.
const { prepareDatabase } = await import('./start-up.ts');
const database = await prepareDatabase();
const vite = spawn(
	process.execPath,
	[path.join(root, 'node_modules/vite/bin/vite.js'), 'dev', ...process.argv.slice(2)],
	{
		cwd: root,
		stdio: 'inherit'
	}
);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => vite.kill(signal));
vite.on('exit', async (code) => {
	await database.close();
	process.exit(code ?? 0);
});
