import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { SignedIn } from '../platform/context.ts';
import type { PersonChoice } from './find-people.ts';
import { mostFound } from './find-people.ts';
import { isFoundBy } from './name-search.ts';

/** The first people in service in a unit or below it whom somebody means by what they typed; never oneself. Nothing typed finds nobody. */
export async function findDeputies({ db, actor }: SignedIn, unitPath: string, q: string): Promise<PersonChoice[]> {
	if (!q) return [];
	return db
		.select({
			id: people.id,
			name: people.name,
			staffNumber: people.staffNumber,
			unit: units.name,
			title: people.title
		})
		.from(people)
		.innerJoin(units, sql`${units.id} = ${people.unitId}`)
		.where(
			sql`${people.status} = 'active' and ${people.id} <> ${actor.personId} and ${units.path} <@ ${unitPath}::ltree and ${isFoundBy(q)}
				order by ${people.name} collate "zh-x-icu", ${people.id} limit ${mostFound}`
		);
}
