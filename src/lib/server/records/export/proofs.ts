import { sql } from 'drizzle-orm';
import type { SignedIn } from '../../platform/context.ts';

/** A file that the person brought to prove something, and where it lies in the archive. */
export type Proof = { id: string; path: string; name: string; type: string; size: number; sha256: string };

/** The proofs of the actor's own reports and requests. */
export async function listProofs({ db, actor }: SignedIn): Promise<Proof[]> {
	const { rows } = await db.execute<Omit<Proof, 'path'>>(sql`
		select f.id, f.name, f.type, f.size, f.hash as sha256 from files f
		where f.id in (
			select t.proof_id from external_trainings t where t.person_id = ${actor.personId}
			union select e.proof_id from exemptions e where e.person_id = ${actor.personId})
		order by f.brought_at, f.id`);
	return rows.map((row, index) => ({ ...row, path: `proofs/${String(index + 1).padStart(3, '0')}-${row.name}` }));
}
