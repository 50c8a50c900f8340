import { and, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { annualGradeImports } from '#db/schema/annual-grades.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import type { Grade } from '#lib/schemas/assessments.ts';
import { within } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/ids.ts';
import { getWholeCycle, lockCycle } from '../cycle/read-cycle.ts';
import { readGrades } from './read-grades.ts';

/** A row of the committee's sheet and what it would do. */
export type GradeRow = {
	row: number;
	staffNumber: string;
	name: string;
	grade: Grade | null;
	personId: string | null;
	held: Grade | null;
	/** Key of `grades_problem_…`; null where it can be written. */
	problem: 'unknown-person' | 'other-name' | 'unknown-grade' | 'twice' | 'own' | 'unchanged' | null;
};

type Sheet = { fileName: string; file: Buffer; document: string; decidedOn: string };

/** Reads a sheet of grades and keeps it with a verdict on every row; nothing is written yet. @returns its id @throws invalid table.… | grades.no-columns */
export async function readGradeSheet(ctx: SignedIn, cycleId: string, sheet: Sheet): Promise<string> {
	const cycle = await getWholeCycle(ctx, cycleId, 'grade:edit');
	const read = await readGrades(sheet.file);
	const { rows: known } = await ctx.db.execute<{
		staffNumber: string;
		id: string;
		name: string;
		held: Grade | null;
	}>(sql`
		select lower(p.staff_number::text) as "staffNumber", p.id, p.name, (select g.grade from annual_grades g where g.person_id = p.id and g.year = ${cycle.year} order by g.entered_at desc, g.id desc limit 1) as held
		from assessment_results r join people p on p.id = r.person_id join units u on u.id = r.unit_id
		where r.cycle_id = ${cycleId} and ${within(ctx.actor, 'grade:edit', sql`u.path`)}
			and lower(p.staff_number::text) in (select lower(value) from json_array_elements_text(${JSON.stringify(read.map(({ staffNumber }) => staffNumber))}::json))`);
	const byNumber = new Map(known.map((person) => [person.staffNumber, person]));
	const seen = new Set<string>();
	const rows = read.map((row): GradeRow => {
		const person = byNumber.get(row.staffNumber.toLowerCase());
		const judged = { ...row, personId: person?.id ?? null, held: person?.held ?? null };
		if (!person) return { ...judged, problem: 'unknown-person' };
		if (row.name && row.name !== person.name) return { ...judged, problem: 'other-name' };
		if (!row.grade) return { ...judged, problem: 'unknown-grade' };
		if (seen.has(person.id)) return { ...judged, problem: 'twice' };
		seen.add(person.id);
		if (person.id === ctx.actor.personId) return { ...judged, problem: 'own' };
		return { ...judged, problem: person.held === row.grade ? 'unchanged' : null };
	});
	const id = newId();
	await ctx.db.insert(annualGradeImports).values({
		id,
		cycleId,
		fileName: sheet.fileName.slice(0, 200),
		document: sheet.document,
		decidedOn: sheet.decidedOn,
		rows,
		createdBy: ctx.actor.personId,
		createdAt: ctx.now
	});
	return id;
}

/** A sheet that is being looked at, by whoever brought it. @throws not-found import.not-found */
export async function getGradeSheet({ db, actor }: SignedIn, cycleId: string, id: string) {
	if (!isId(id) || !isId(cycleId)) throw notFound('import');
	const [found] = await db
		.select()
		.from(annualGradeImports)
		.where(
			and(
				eq(annualGradeImports.id, id),
				eq(annualGradeImports.cycleId, cycleId),
				eq(annualGradeImports.createdBy, actor.personId)
			)
		);
	if (!found) throw notFound('import');
	return { ...found, rows: found.rows as GradeRow[] };
}

/** Writes the rows that can be written. @returns how many @throws conflict grades.committed | grades.nothing, not-found import */
export function commitGrades(
	ctx: SignedIn,
	{ cycle: cycleId, import: id }: v.InferOutput<typeof schemas.commitGrades>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, cycleId, 'grade:edit');
		const sheet = await getGradeSheet(ctx, cycleId, id);
		const [taken] = await ctx.db
			.update(annualGradeImports)
			.set({ committedAt: ctx.now })
			.where(and(eq(annualGradeImports.id, id), isNull(annualGradeImports.committedAt)))
			.returning({ id: annualGradeImports.id });
		if (!taken) throw conflict('grades.committed');
		const rows = sheet.rows.filter(({ problem }) => problem === null);
		if (rows.length === 0) throw conflict('grades.nothing');
		await ctx.db.execute(sql`
			insert into annual_grades (id, person_id, year, grade, document, decided_on, because, source, entered_by, entered_at)
			select gen_random_uuid(), g."personId", ${cycle.year}, g.grade, ${sheet.document}, ${sheet.decidedOn}, case when g.held is not null then ${sheet.document} end, 'import', ${ctx.actor.personId}, ${ctx.now}
			from json_to_recordset(${JSON.stringify(rows)}::json) as g ("personId" uuid, grade annual_grade, held text)`);
		await record(ctx, 'grades.imported', cycleId, {
			year: cycle.year,
			importId: id,
			people: rows.length,
			document: sheet.document
		});
		return rows.length;
	});
}
