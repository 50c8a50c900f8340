import { common } from './common-passwords.ts';

/** Whose password it is to be: none of these may be it. */
export type PasswordHolder = { name: string; staffNumber: string; username: string | null };

export type PasswordProblem =
	'password.too-short' | 'password.too-long' | 'password.names-holder' | 'password.too-common';

export const shortestPassword = 10;
export const longestPassword = 200;

/**
 * What is wrong with a password, if anything. Length makes it strong; which kinds of characters it holds is not asked
 * (NIST SP 800-63B, 5.1.1.2). What the holder is called, and what everybody tries first, is none.
 */
export function passwordProblem(
	password: string,
	{ name, staffNumber, username }: PasswordHolder
): PasswordProblem | undefined {
	const text = normalPassword(password);
	const length = [...text].length;
	if (length < shortestPassword) return 'password.too-short';
	if (length > longestPassword) return 'password.too-long';

	const plain = text.toLowerCase();
	const unit = repeatedUnit(plain);
	const names = [name, staffNumber, username ?? ''].map((word) => normalPassword(word).toLowerCase()).filter(Boolean);
	if (names.some((word) => word === plain || word === unit || leftover(plain, word).length < 4))
		return 'password.names-holder';
	if ([...unit].length < 4 || isRun(plain) || common.has(plain) || common.has(unit)) return 'password.too-common';
	return undefined;
}

/** Different ways of typing the same characters (full width, composed) count as the same. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** The shortest beginning of which a text is nothing but repetitions: `abab` is `ab`. */
function repeatedUnit(text: string): string {
	const length = (text + text).indexOf(text, 1);
	return text.slice(0, length);
}

const leftover = (text: string, word: string) => (word.length < 3 ? text : text.replaceAll(word, ''));

/** Whether every character follows, or precedes, the one before: 1234567890, jihgfedcba. */
function isRun(text: string): boolean {
	const steps = [...text]
		.slice(1)
		.map((character, index) => (character.codePointAt(0) ?? 0) - ([...text][index]?.codePointAt(0) ?? 0));
	return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}
