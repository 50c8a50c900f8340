import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { env } from '../platform/env.ts';
import { roles } from '../platform/roles.ts';

const schema = v.array(v.object({ role: v.picklist(roles), account: v.string(), password: v.string() }));

/** A way into the demo province: its passwords are made anew for every data folder. */
export type DemoSignIn = v.InferOutput<typeof schema>[number];

const file = () => path.join(env.MINGFA_DATA, 'demo-sign-ins.json');

/** Keeps the sign-ins of a demo province that has just been made, beside its database. */
export function writeDemoSignIns(signIns: DemoSignIn[]): Promise<void> {
	return writeFile(file(), `${JSON.stringify(signIns, null, '\t')}\n`, { mode: 0o600 });
}

/** The sign-ins to offer on the sign-in page: those of the demo in the private database, and none of anywhere else. */
export async function readDemoSignIns(): Promise<DemoSignIn[]> {
	return env.MINGFA_PRIVATE_DATABASE === 'no' ? [] : readKeptSignIns();
}

/** What `writeDemoSignIns` kept in the data folder, unless the demo is off. */
export async function readKeptSignIns(): Promise<DemoSignIn[]> {
	if (env.MINGFA_DEMO === 'off') return [];
	const text = await readFile(file(), 'utf8').catch(() => '[]'); // a data folder without a demo has no such file
	const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
	return success ? output : [];
}
