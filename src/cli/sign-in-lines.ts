import type { DemoSignIn } from '#lib/server/sessions/demo-sign-ins.ts';

/** The sign-ins as a table for the terminal. */
export function linesOf(signIns: DemoSignIn[]): string[] {
	if (signIns.length === 0) return [];
	const width = Math.max(...signIns.map(({ account }) => account.length));
	return [
		'Sign in to the demo as:',
		...signIns.map(({ account, password }) => `  ${account.padEnd(width)}  ${password}`)
	];
}
