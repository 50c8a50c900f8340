import { type SQL, sql } from 'drizzle-orm';
import { certificateMarks, certificates, certificateTemplates } from '#db/schema/certificates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { enqueue } from '../platform/enqueue.ts';
import { idList } from '../platform/id-list.ts';

const job = 'certificates.settle';

/** Where nothing is issued and nothing was, nobody's success concerns us. */
const anyIssued = sql`(exists (select 1 from ${certificateTemplates} t where t.issues_from is not null) or exists (select 1 from ${certificates}))`;

/** Has certificates held against the evidence again within moments: a job does it, so that nobody waits for a number. */
async function mark(ctx: Context, column: SQL, ids: SQL): Promise<void> {
	const { rowCount } = await ctx.db.execute(sql`
		insert into ${certificateMarks} (${column}) select marked.id from (${ids}) as marked (id)`);
	if (rowCount) await enqueue(ctx, job, {}, { key: job });
}

const markPeople = (ctx: Context, personIds: readonly string[]): Promise<void> =>
	mark(ctx, sql`person_id`, sql`select p.id from people p where p.id in ${idList(personIds)} and ${anyIssued}`);

export const markOnCourse = (ctx: Context, { personId }: Facts['course.completed']): Promise<void> =>
	markPeople(ctx, [personId]);

/** An outcome, an attendance or hours of these people have changed. */
export const markOnOutcome = (ctx: Context, { personIds }: { personIds: string[] }): Promise<void> =>
	markPeople(ctx, personIds);

export const markOnRelease = (ctx: Context, { attemptIds }: Facts['attempts.released']): Promise<void> =>
	mark(
		ctx,
		sql`person_id`,
		sql`select distinct a.person_id from ${examAttempts} a where a.id in ${idList(attemptIds)} and ${anyIssued}`
	);

/** Obligations were made or closed: a programme may be fulfilled, or no longer. */
export const markOnDuties = (ctx: Context, { units }: Facts['obligations.changed']): Promise<void> =>
	mark(
		ctx,
		sql`unit_id`,
		sql`select u.id from units u where u.id in ${idList(units.map(({ unitId }) => unitId))} and (
			exists (select 1 from ${certificateTemplates} t where t.kind = 'programme' and t.issues_from is not null)
			or exists (select 1 from ${certificates} c where c.kind = 'programme'))`
	);

/** Everybody whom a template concerns. */
export const markTemplate = (ctx: Context, templateId: string): Promise<void> =>
	mark(ctx, sql`template_id`, sql`select ${templateId}::uuid`);
