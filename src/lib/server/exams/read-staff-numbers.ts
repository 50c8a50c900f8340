import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';

/** A row of a pasted list that names nobody who can be added: as it was typed, on which line, and why not. */
export interface RefusedRow {
	line: number;
	typed: string;
	/** `unknown` is also whoever is out of reach; `already` was named before. */
	reason: 'unknown' | 'left' | 'twice' | 'already';
}

export interface NamedPeople {
	people: { personId: string; line: number; typed: string }[];
	refused: RefusedRow[];
}

/** The people within reach whom a pasted list of staff numbers names: one row each; what follows the number on a row is passed over. */
export async function readStaffNumbers(
	{ db, actor }: Context,
	pasted: string,
	ability: Ability = 'exam:edit'
): Promise<NamedPeople> {
	const rows = pasted.split(/\r\n|[\n\r]/).flatMap((row, index) => {
		const [typed] = row.trim().split(/[\s,，;；、]+/);
		return typed ? [{ line: index + 1, typed }] : [];
	});
	const { rows: found } = await db.execute<{ id: string; number: string; active: boolean }>(sql`
		select ${people.id} as id, lower(${people.staffNumber}::text) as number, ${people.status} = 'active' as active
		from ${people} join ${units} on ${units.id} = ${people.unitId}
		where ${people.staffNumber} = any(${sql.param(rows.map(({ typed }) => typed))}::citext[])
			and ${within(actor, ability, units.path)}`);
	const byNumber = new Map(found.map((person) => [person.number, person]));

	const seen = new Set<string>();
	const named: NamedPeople = { people: [], refused: [] };
	for (const { line, typed } of rows) {
		const person = byNumber.get(typed.toLowerCase());
		const refuse = (reason: RefusedRow['reason']) => named.refused.push({ line, typed, reason });
		if (!person) refuse('unknown');
		else if (!person.active) refuse('left');
		else if (seen.has(person.id)) refuse('twice');
		else named.people.push({ personId: person.id, line, typed });
		if (person) seen.add(person.id);
	}
	return named;
}
