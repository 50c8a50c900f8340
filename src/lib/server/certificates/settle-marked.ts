import { sql } from 'drizzle-orm';
import { certificateMarks, certificates } from '#db/schema/certificates.ts';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { atomically, type Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { settle } from './settle.ts';

const people = 1_000;

/**
 * Works off what has been marked: marks and certificates change in one transaction, and what is marked meanwhile is seen by the
 * next run. Only one process does it at a time.
 */
export async function settleMarked(ctx: Context): Promise<void> {
	for (let more = true; more;) more = await atomically(ctx, settleBatch);
}

async function settleBatch(ctx: Context): Promise<boolean> {
	await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('mingfa certificates'))`);
	return (await settlePeople(ctx)) || (await markPeopleOf(ctx)) || (await settleTemplate(ctx));
}

async function settlePeople(ctx: Context): Promise<boolean> {
	const { rows } = await ctx.db.execute<{ id: string }>(sql`
		delete from ${certificateMarks} where person_id in (
			select m.person_id from ${certificateMarks} m where m.person_id is not null group by m.person_id order by min(m.id) limit ${people})
		returning person_id as id`);
	const marked = [...new Set(rows.map(({ id }) => id))];
	if (marked.length === 0) return false;
	for (let more = true; more;) more = await settle(ctx, (person) => sql`${person} in ${idList(marked)}`);
	return true;
}

/** What programmes ask of the people of these units has changed: whom it can concern is marked in turn. */
async function markPeopleOf(ctx: Context): Promise<boolean> {
	const { rows } = await ctx.db.execute<{ id: string }>(
		sql`delete from ${certificateMarks} where unit_id is not null returning unit_id as id`
	);
	const marked = idList([...new Set(rows.map(({ id }) => id))]);
	if (rows.length === 0) return false;
	await ctx.db.execute(sql`
		insert into ${certificateMarks} (person_id)
		select o.person_id from obligations o where o.unit_id in ${marked} and o.requirement_id is not null and o.completed_at is not null
		union select c.person_id from ${certificates} c where c.kind = 'programme' and c.revoked_at is null and exists (
			select 1 from obligations o where o.person_id = c.person_id and o.unit_id in ${marked})`);
	return true;
}

/** Everybody whom a template concerns that was switched on: in parts, the mark stays until the last. */
async function settleTemplate(ctx: Context): Promise<boolean> {
	const { rows } = await ctx.db.execute<{ id: string; kind: CertificateKind; seen: string }>(sql`
		select t.id, t.kind, array_agg(m.id)::text as seen from ${certificateMarks} m join certificate_templates t on t.id = m.template_id
		group by t.id, t.kind order by min(m.id) limit 1`);
	const [template] = rows;
	if (!template) return false;
	const more = await settle(ctx, () => sql`true`, { kinds: [template.kind], templateId: template.id });
	// A mark that came meanwhile may be about people whom this run has not seen: it stays for the next.
	if (!more) await ctx.db.execute(sql`delete from ${certificateMarks} where id = any(${template.seen}::bigint[])`);
	return true;
}
