import { hash, randomBytes } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A new identifier, in the order of time so that indexes stay compact. */
export const newId = (): string => v7();

/** Whether a text from outside can be an identifier at all: PostgreSQL refuses others with an error. */
export const isId = (text: string): boolean => validate(text);

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A random secret of so many characters, about five bits each, in an alphabet without look-alikes. */
export function newSecret(length = 32): string {
	return Array.from({ length }, () => alphabet[uniform(alphabet.length)]).join('');
}

/** SHA-256 in hexadecimal, for what must be recognised but never read back. */
export const digest = (text: string): string => hash('sha256', text);

function uniform(size: number): number {
	const limit = 256 - (256 % size);
	for (;;) {
		const byte = randomBytes(1)[0] ?? limit;
		if (byte < limit) return byte % size;
	}
}
