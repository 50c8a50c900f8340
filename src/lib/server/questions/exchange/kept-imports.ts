import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import { questionImports } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import type { QuestionUse } from '#lib/schemas/questions.ts';
import { demand, rootsOf, within } from '../../access/scope.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { FormatName } from '../formats/all-formats.ts';
import type { Reading } from '../formats/format.ts';
import { readQuestionFile } from '../formats/read-file.ts';
import { type Imported, importQuestions } from './import-questions.ts';

/** Units whose bank the actor may fill: where their roles are held. */
export function listKeptUnits(ctx: Context) {
	demand(ctx, 'question:edit');
	return ctx.db
		.select({ id: units.id, name: units.name })
		.from(units)
		.where(
			and(sql`${units.path} = any(${sql.param(rootsOf(ctx.actor, 'question:edit'))}::ltree[])`, isNull(units.closedOn))
		)
		.orderBy(asc(units.path));
}

export interface UploadedQuestions {
	unitId: string;
	use: QuestionUse;
	/** Stated, or else what the file shows. */
	format?: FormatName | undefined;
	fileName: string;
	file: Buffer;
}

/**
 * Reads a file and keeps what was read until its uploader decides; nothing of it is in the bank. Gives the id.
 * @throws not-found unit.not-found, invalid formats.* | table.*
 */
export async function keepQuestionImport(ctx: SignedIn, upload: UploadedQuestions): Promise<string> {
	const { unitId, use, fileName, file } = upload;
	demand(ctx, 'question:edit');
	const [unit] = isId(unitId)
		? await ctx.db
				.select({ id: units.id })
				.from(units)
				.where(and(eq(units.id, unitId), within(ctx.actor, 'question:edit', units.path)))
		: [];
	if (!unit) throw notFound('unit');
	const { format, reading } = await readQuestionFile(file, fileName, upload.format);
	const row = { id: newId(), createdBy: ctx.actor.personId, createdAt: ctx.now, unitId, use, format };
	await ctx.db.insert(questionImports).values({ ...row, fileName: fileName.slice(0, 200), reading });
	return row.id;
}

/** One's own kept file. @throws not-found question-import.not-found */
export async function getQuestionImport(ctx: SignedIn, importId: string) {
	demand(ctx, 'question:edit');
	if (!isId(importId)) throw notFound('question-import');
	const [found] = await ctx.db
		.select({ kept: questionImports, unitName: units.name })
		.from(questionImports)
		.innerJoin(units, eq(units.id, questionImports.unitId))
		.where(
			and(
				eq(questionImports.id, importId),
				eq(questionImports.createdBy, ctx.actor.personId),
				within(ctx.actor, 'question:edit', units.path)
			)
		)
		.for('update', { of: questionImports });
	if (!found) throw notFound('question-import');
	const { kept, unitName } = found;
	return { ...kept, format: kept.format as FormatName, reading: kept.reading as Reading, unitName };
}

/** Brings a kept file into the bank, as drafts of its uploader. @throws not-found question-import.not-found */
export function commitQuestionImport(ctx: SignedIn, { importId }: { importId: string }): Promise<Imported> {
	return atomically(ctx, async (ctx) => {
		const { unitId, use, reading } = await getQuestionImport(ctx, importId);
		const imported = await importQuestions(ctx, { unitId, use, reading, authorId: ctx.actor.personId });
		await ctx.db.delete(questionImports).where(eq(questionImports.id, importId));
		return imported;
	});
}

/** Throws a kept file away. @throws not-found question-import.not-found */
export function discardQuestionImport(ctx: SignedIn, { importId }: { importId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await getQuestionImport(ctx, importId);
		await ctx.db.delete(questionImports).where(eq(questionImports.id, importId));
	});
}

const day = 86_400_000;

/** Throws away what nobody has decided about within a day: it may hold exam questions. */
export async function discardForgottenQuestions({ db, now }: Context): Promise<void> {
	await db.delete(questionImports).where(lt(questionImports.createdAt, new Date(now.getTime() - day)));
}
