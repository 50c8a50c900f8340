import { and, eq, isNotNull, max } from 'drizzle-orm';
import type * as v from 'valibot';
import { examTargets } from '#db/schema/exam-candidates.ts';
import type * as schemas from '#lib/schemas/exam-candidates.ts';
import { record } from '../audit/record.ts';
import { getPerson } from '../people/queries.ts';
import { batchesOf } from '../platform/batches.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { getUnit } from '../units/queries.ts';
import { lockDraft } from './lock-draft.ts';
import { readStaffNumbers, type RefusedRow } from './read-staff-numbers.ts';

export interface AddedPeople {
	added: number;
	refused: RefusedRow[];
}

/**
 * Names more units and people in a draft. Who of a unit is meant is worked out when the exam is published; a pasted list is
 * read now, and every row of it that names nobody comes back with its reason.
 * @throws conflict exam.not-draft, not-found exam.not-found | unit.not-found | person.not-found
 */
export function addTargets(ctx: SignedIn, input: v.InferOutput<typeof schemas.addTargets>): Promise<AddedPeople> {
	return atomically(ctx, async (ctx) => {
		const { examId, unitIds, subtree, ranks, levels } = input;
		await lockDraft(ctx, examId);
		for (const unitId of unitIds) await getUnit(ctx, unitId, 'exam:edit');
		for (const personId of input.personIds) await getPerson(ctx, personId, 'exam:edit');
		const { personIds, refused } = await newPeople(ctx, input);
		await addRows(ctx, examId, [
			...unitIds.map((unitId) => ({ unitId, subtree, ranks, levels })),
			...personIds.map((personId) => ({ personId }))
		]);
		const added = unitIds.length + personIds.length;
		if (added > 0) await record(ctx, 'exam.targets-added', examId, { units: unitIds, people: personIds.length });
		return { added, refused };
	});
}

type Named = { examId: string; personIds: string[]; staffNumbers: string };

/** Those whom a form names and the exam does not yet, once each. */
async function newPeople(ctx: SignedIn, { examId, personIds, staffNumbers }: Named) {
	const listed = await readStaffNumbers(ctx, staffNumbers);
	const named = await ctx.db
		.select({ personId: examTargets.personId })
		.from(examTargets)
		.where(and(eq(examTargets.examId, examId), isNotNull(examTargets.personId)));
	const before = new Set([...named.map(({ personId }) => personId!), ...personIds]);
	const already = new Set(named.map(({ personId }) => personId!));
	const again = listed.people.filter(({ personId }) => before.has(personId));
	return {
		personIds: [
			...new Set([
				...personIds.filter((id) => !already.has(id)),
				...listed.people.map(({ personId }) => personId).filter((id) => !before.has(id))
			])
		],
		refused: [...listed.refused, ...again.map(({ line, typed }) => ({ line, typed, reason: 'already' as const }))].sort(
			(a, b) => a.line - b.line
		)
	};
}

type Row = Omit<typeof examTargets.$inferInsert, 'examId' | 'position'>;

/** Appends to what an exam names, in the caller's transaction; the exam's row is held. */
export async function addRows({ db }: SignedIn, examId: string, rows: Row[]): Promise<void> {
	const [last] = await db
		.select({ position: max(examTargets.position) })
		.from(examTargets)
		.where(eq(examTargets.examId, examId));
	const first = (last?.position ?? 0) + 1;
	const targets = rows.map((row, index) => ({ ...row, examId, position: first + index }));
	for (const batch of batchesOf(targets, 5_000)) await db.insert(examTargets).values(batch);
}

/** Names a unit or a person no more. @throws conflict exam.not-draft, not-found exam.not-found | target.not-found */
export function removeTarget(ctx: SignedIn, { examId, position }: { examId: string; position: number }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, examId);
		const removed = await ctx.db
			.delete(examTargets)
			.where(and(eq(examTargets.examId, examId), eq(examTargets.position, position)))
			.returning();
		if (removed.length === 0) throw notFound('target');
		await record(ctx, 'exam.target-removed', examId, { unitId: removed[0]!.unitId, personId: removed[0]!.personId });
	});
}
