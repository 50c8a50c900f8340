import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { peopleListMembers, peopleLists } from '#db/schema/audiences.ts';
import type * as schemas from '#lib/schemas/audiences.ts';
import { record } from '../../audit/record.ts';
import { announce } from '../../platform/announce.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, violatedConstraint } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';
import { listAudiencesNaming, lockPeopleList } from './people-lists.ts';
import { readPeopleFile, type ReadPeople } from './read-people-file.ts';

export type KeptList = Pick<ReadPeople, 'read' | 'passed'> & { id: string; added: number };

/**
 * Makes a list of the people whom a file names; rows that name nobody come back with their reasons.
 * @throws conflict people-list.name-taken, invalid people-list.nobody, and what reading the file throws
 */
export function createPeopleList(
	ctx: SignedIn,
	{ unitId, name }: v.InferOutput<typeof schemas.peopleList>,
	file: Buffer
): Promise<KeptList> {
	return atomically(ctx, async (ctx) => {
		await getUnit(ctx, unitId, 'programme:edit');
		const read = await readSome(ctx, file);
		const id = await keepPeopleList(ctx, { unitId, name }, read.personIds);
		return { id, added: read.personIds.length, read: read.read, passed: read.passed };
	});
}

/** Writes a list of people; the caller has judged who may be on it. @returns its id @throws conflict people-list.name-taken */
export async function keepPeopleList(
	ctx: SignedIn,
	{ unitId, name }: v.InferOutput<typeof schemas.peopleList>,
	personIds: string[]
): Promise<string> {
	const row = { id: newId(), unitId, name, createdBy: ctx.actor.personId, createdAt: ctx.now };
	await atomically(ctx, ({ db }) => db.insert(peopleLists).values(row)).catch(refuseTakenName);
	await write(ctx, row.id, personIds);
	await record(ctx, 'people-list.created', row.id, { unitId, people: personIds.length });
	return row.id;
}

/** Puts those whom another file names in the place of everybody on a list. @throws invalid people-list.nobody, and what reading the file throws */
export function replacePeopleList(ctx: SignedIn, listId: string, file: Buffer): Promise<KeptList> {
	return atomically(ctx, async (ctx) => {
		await lockPeopleList(ctx, listId);
		const read = await readSome(ctx, file);
		await ctx.db.delete(peopleListMembers).where(eq(peopleListMembers.listId, listId));
		await write(ctx, listId, read.personIds);
		await record(ctx, 'people-list.replaced', listId, { people: read.personIds.length });
		const naming = await listAudiencesNaming(ctx, listId, { current: true });
		if (naming.length > 0) await announce(ctx, 'audience.changed', { audienceIds: naming.map(({ id }) => id) });
		return { id: listId, added: read.personIds.length, read: read.read, passed: read.passed };
	});
}

/** Removes a list that no wording of any audience names. @throws conflict people-list.in-use */
export function removePeopleList(ctx: SignedIn, { listId }: { listId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockPeopleList(ctx, listId);
		if ((await listAudiencesNaming(ctx, listId)).length > 0) throw conflict('people-list.in-use');
		await ctx.db.delete(peopleLists).where(eq(peopleLists.id, listId));
		await record(ctx, 'people-list.removed', listId);
	});
}

async function readSome(ctx: SignedIn, file: Buffer): Promise<ReadPeople> {
	const read = await readPeopleFile(ctx, file);
	if (read.personIds.length === 0) throw invalid('people-list.nobody', { field: 'file' });
	return read;
}

const write = ({ db }: SignedIn, listId: string, personIds: string[]) =>
	db.execute(
		sql`insert into ${peopleListMembers} (list_id, person_id) select ${listId}::uuid, id from ${idList(personIds)} named (id)`
	);

function refuseTakenName(error: unknown): never {
	if (violatedConstraint(error) === 'people_lists_name') throw conflict('people-list.name-taken', { field: 'name' });
	throw error;
}
