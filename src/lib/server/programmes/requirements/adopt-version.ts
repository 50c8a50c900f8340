import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { programmeRequirements, programmes, programmeVersions, requirementElectives } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/requirements.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { dueFits } from './duty-dates.ts';
import { markAssignments } from './mark-dirty.ts';
import { lockProgramme } from './queries.ts';

type Act = v.InferOutput<typeof schemas.programmeAct>;

/**
 * Begins the next version with what the one in force asks. What stands is untouched until it is adopted.
 * @throws conflict programme.archived | programme.has-draft | programme.not-adopted
 */
export function beginVersion(ctx: SignedIn, { programmeId }: Act): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { state, current, draft, versions } = await lockProgramme(ctx, programmeId);
		if (state === 'archived') throw conflict('programme.archived');
		if (draft) throw conflict('programme.has-draft');
		if (!current) throw conflict('programme.not-adopted');

		const { recurrence, validMonths, renewalMonths, priorMonths, joining, joiningDays } = current;
		const [id, number] = [newId(), versions[0]!.number + 1];
		const terms = { recurrence, validMonths, renewalMonths, priorMonths, joining, joiningDays };
		const made = { createdBy: ctx.actor.personId, createdAt: ctx.now };
		await ctx.db.insert(programmeVersions).values({ id, programmeId, number, ...terms, ...made });
		const rows = await ctx.db
			.select()
			.from(programmeRequirements)
			.where(eq(programmeRequirements.versionId, current.id))
			.orderBy(programmeRequirements.position);
		for (const row of rows) {
			const copy = newId();
			await ctx.db.insert(programmeRequirements).values({ ...row, id: copy, versionId: id });
			await ctx.db.execute(sql`
				insert into ${requirementElectives} (requirement_id, course_id)
				select ${copy}, course_id from ${requirementElectives} where requirement_id = ${row.id}`);
		}
		await record(ctx, 'programme.drafted', programmeId, { number });
	});
}

/**
 * Puts the draft in force, unchangeable from then on. What it asks in the same words goes on as it is; what it asks no more is
 * withdrawn where it is still open, and what is new is asked of everybody, within seconds. What was completed stays.
 * @throws conflict programme.archived | programme.no-draft | programme.asks-nothing | programme.due-does-not-fit
 */
export function adoptVersion(ctx: SignedIn, { programmeId }: Act): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { state, draft, current } = await lockProgramme(ctx, programmeId);
		if (state === 'archived') throw conflict('programme.archived');
		if (!draft) throw conflict('programme.no-draft');
		if (draft.requirements.length === 0) throw conflict('programme.asks-nothing');
		const own = draft.requirements.flatMap(({ due }) => due ?? []);
		if (!own.every((due) => due.kind === 'date' || dueFits({ recurrence: draft.recurrence, endsOn: null }, due)))
			throw conflict('programme.due-does-not-fit');
		if (current && current.recurrence !== draft.recurrence) throw conflict('programme.recurrence-changed');

		await ctx.db.update(programmeVersions).set({ adoptedAt: ctx.now }).where(eq(programmeVersions.id, draft.id));
		await ctx.db.update(programmes).set({ currentVersionId: draft.id }).where(eq(programmes.id, programmeId));
		await markAssignments(ctx, sql`a.programme_id = ${programmeId}`);
		await record(ctx, 'programme.adopted', programmeId, { number: draft.number });
	});
}

/** Throws a draft away; a programme that was never in force goes with it. @throws conflict programme.no-draft */
export function discardDraft(ctx: SignedIn, { programmeId }: Act): Promise<{ gone: boolean }> {
	return atomically(ctx, async (ctx) => {
		const { draft, current } = await lockProgramme(ctx, programmeId);
		if (!draft) throw conflict('programme.no-draft');
		await ctx.db.delete(programmeVersions).where(eq(programmeVersions.id, draft.id));
		if (!current) await ctx.db.delete(programmes).where(eq(programmes.id, programmeId));
		await record(ctx, 'programme.draft-discarded', programmeId, { number: draft.number });
		return { gone: !current };
	});
}

/** Puts a programme away: it can be assigned no more. @throws conflict programme.archived | programme.in-use */
export function archiveProgramme(ctx: SignedIn, { programmeId }: Act): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { state } = await lockProgramme(ctx, programmeId);
		if (state === 'archived') throw conflict('programme.archived');
		const { rows } = await ctx.db.execute(
			sql`select 1 from programme_assignments where programme_id = ${programmeId} and withdrawn_at is null limit 1`
		);
		if (rows.length > 0) throw conflict('programme.in-use');
		await ctx.db.update(programmes).set({ archivedAt: ctx.now }).where(eq(programmes.id, programmeId));
		await record(ctx, 'programme.archived', programmeId);
	});
}
