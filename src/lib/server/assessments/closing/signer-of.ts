import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import type { Context } from '../../platform/context.ts';
import type { Cycle } from '../cycle/read-cycle.ts';

/** Name and title of whoever signed a cycle; null before. */
export async function signerOf({ db }: Context, { signedBy }: Cycle): Promise<{ name: string; title: string } | null> {
	if (!signedBy) return null;
	const [signer] = await db
		.select({ name: people.name, title: people.title })
		.from(people)
		.where(eq(people.id, signedBy));
	return signer ?? null;
}
