import { hash, verify } from '@node-rs/argon2';
import { normalPassword } from './password-rule.ts';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of no password at all: unknown accounts are verified against it, so that they take as long as known ones. */
const nobodysHash = hash(crypto.randomUUID(), options);

/** Argon2id hash of a password. */
export const hashPassword = (password: string): Promise<string> => hash(normalPassword(password), options);

/** Whether the password is right. Takes the same time where there is no hash to compare with. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
	const right = await verify(stored ?? (await nobodysHash), normalPassword(password));
	return right && stored !== null;
}
