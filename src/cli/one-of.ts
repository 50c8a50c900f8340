import { WrongUsage } from './command.ts';

/** One of the words that an option takes, if it was given. @throws WrongUsage */
export function oneOf<Word extends string>(
	said: string | undefined,
	words: readonly Word[],
	option: string
): Word | undefined {
	const found = words.find((each) => each === said);
	if (said !== undefined && !found) throw new WrongUsage(`${option} is one of ${words.join(', ')}`);
	return found;
}
