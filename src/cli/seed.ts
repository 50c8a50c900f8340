import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bringInLibrary } from '#lib/server/courses/bring-in-library.ts';
import { fewest, hasUnits } from '#lib/server/exchange/demo/has-units.ts';
import { env } from '#lib/server/platform/env.ts';
import { writeDemoSignIns } from '#lib/server/sessions/demo-sign-ins.ts';
import { ownLibrary, say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';
import { linesOf } from './sign-in-lines.ts';

export const summary = 'Fill an empty database with a fictional province';

export const usage = `Usage: mingfa seed --demo [--once] [--people N]

Makes up a province: offices, people with their posts and roles, courses assigned, studied, overdue and done, newly promoted
leaders, last year's results. Nobody and nothing in it exists. The same day and number give the same province.
One sign-in for each role, with new passwords, goes to MINGFA_DATA/demo-sign-ins.json and to the terminal.

  --demo      said aloud, because it is not for the database of an office
  --once      do nothing, and succeed, where the database holds units already; print no passwords
  --people N  that many people (default 2000, at least ${fewest}); offices grow along. Above 5000 people the tries at
              checks are kept without their answers.`;

/** Runs `mingfa seed`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values } = parseArgs({
		args: argv,
		options: { demo: { type: 'boolean' }, once: { type: 'boolean' }, people: { type: 'string' } }
	});
	if (!values.demo) throw new WrongUsage('There is one thing to seed, the demo province: say "seed --demo"');
	const people = numberOf(values.people ?? '2000');

	return withDatabase(async (ctx) => {
		if (values.once && (await hasUnits(ctx))) return 0;
		if (existsSync(ownLibrary)) await bringInLibrary(ctx, ownLibrary, { ifChanged: true });

		// Most starts do without both. What the demo's commands announce is heard as anywhere else.
		await import('#lib/server/jobs/subscriptions.ts');
		const { loadProvince } = await import('#lib/server/exchange/demo/load-province.ts');
		const province = await loadProvince(ctx, { people });
		await mkdir(env.MINGFA_DATA, { recursive: true });
		await writeDemoSignIns(province.signIns);
		say(`The demo province has ${province.people} people in ${province.units} units.`);
		if (!values.once) for (const line of linesOf(province.signIns)) say(line);
		return 0;
	});
}

function numberOf(text: string): number {
	const people = Number(text);
	if (!/^\d+$/.test(text) || people < fewest || people > 2_000_000)
		throw new WrongUsage(`--people takes a whole number from ${fewest} to 2000000`);
	return people;
}
