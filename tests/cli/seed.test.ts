import { expect, test } from 'vitest';
import { linesOf } from '../../src/cli/sign-in-lines.ts';
import { run } from '../../src/cli/seed.ts';

test.each(
	[[], ['--people', '2000'], ['--demo', '--people', '12'], ['--demo', '--people', 'many']].map((argv) => [argv])
)('asks for more than %j', async (argv) => {
	await expect(run(argv)).rejects.toThrow(/say "seed --demo"|whole number/);
});

test('the sign-ins stand under each other', () => {
	const signIns = [
		{ role: 'hr' as const, account: 'hr', password: 'first' },
		{ role: 'learner' as const, account: 'learner', password: 'second' }
	];
	expect(linesOf(signIns)).toEqual(['Sign in to the demo as:', '  hr       first', '  learner  second']);
});
