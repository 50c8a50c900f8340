import { eq, sql } from 'drizzle-orm';
import { questionDrafts, questionImages, questions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import type { QuestionUse } from '#lib/schemas/questions.ts';
import { demandWithin } from '../../access/scope.ts';
import { recordAll } from '../../audit/record.ts';
import { batchesOf } from '../../platform/batches.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import type { SmallContent } from '../content/parse-questions.ts';
import type { ExchangePicture } from '../formats/exchange-question.ts';
import type { Loss, Place, Reading, Refusal } from '../formats/format.ts';
import { pictureKind } from '../picture-file.ts';
import { articleIdsByAddress } from './article-ids.ts';
import { judgeReading, type ReadyQuestion } from './judge-reading.ts';

export interface ImportInput {
	unitId: string;
	/** Whose drafts they become. */
	authorId: string;
	/** What they are for where the file does not say. */
	use: QuestionUse;
	reading: Reading;
}

/** What an import did: each question of the file is in one of the first two lists. */
export interface Imported {
	imported: { place: Place; code: string }[];
	refused: Refusal[];
	unsupported: Loss[];
}

/**
 * Brings the questions of a file into the bank, as drafts of one author, in one transaction. What cannot go in is refused by
 * itself; the others go in.
 * @throws not-found unit.not-found
 */
export function importQuestions(ctx: Context, { unitId, authorId, use, reading }: ImportInput): Promise<Imported> {
	return atomically(ctx, async (ctx) => {
		const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, unitId));
		demandWithin(ctx, 'question:edit', unit?.path, 'unit');
		// Two imports of the same file at once: the second waits, and finds the questions of the first.
		await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('question-import'), hashtext(${unitId}))`);

		const { ready, refused } = await judgeReading(ctx, reading);
		const codes = await nextCodes(ctx, ready);
		const articleIds = await articleIdsByAddress(
			ctx,
			ready.flatMap(({ wording }) => addressesIn(wording))
		);
		const made = ready.flatMap((question) =>
			rowsFor(question, { unitId, use, codes, articleIds, now: ctx.now, authorId })
		);

		for (const batch of batchesOf(made)) await ctx.db.insert(questions).values(batch.map(({ question }) => question));
		for (const batch of batchesOf(made)) await ctx.db.insert(questionDrafts).values(batch.map(({ draft }) => draft));
		const tops = made.filter(({ question }) => question.caseId === null);
		for (const [index, { question }] of tops.entries())
			await keepPictures(ctx, { questionId: question.id, addedBy: authorId }, ready[index]!.question.pictures ?? []);
		await recordAll(
			ctx,
			'question.imported',
			tops.map(({ question: { id, kind } }) => ({ subjectId: id, details: { unitId, kind } }))
		);
		return {
			imported: tops.map(({ question }, index) => ({ place: ready[index]!.place, code: question.code })),
			refused,
			unsupported: reading.unsupported
		};
	});
}

async function keepPictures(
	{ db, now }: Context,
	{ questionId, addedBy }: { questionId: string; addedBy: string },
	pictures: ExchangePicture[]
): Promise<void> {
	for (const { name, base64 } of pictures) {
		const bytes = Buffer.from(base64, 'base64');
		const kind = pictureKind(bytes);
		if (!kind) continue;
		const { mediaType } = kind;
		await db
			.insert(questionImages)
			.values({ id: newId(), questionId, name, mediaType, bytes, addedBy, createdAt: now });
	}
}

const partsOf = (wording: ReadyQuestion['wording']): SmallContent[] =>
	wording.kind === 'case' ? wording.questions : [wording];

const addressesIn = (wording: ReadyQuestion['wording']): string[] =>
	partsOf(wording).flatMap(({ articles }) => articles);

/** As many new codes as there will be rows: a case has one, and each of its questions. */
async function nextCodes({ db }: Context, ready: ReadyQuestion[]): Promise<Iterator<string>> {
	const count = ready.reduce(
		(sum, { wording }) => sum + (wording.kind === 'case' ? 1 : 0) + partsOf(wording).length,
		0
	);
	const { rows } = await db.execute<{ code: string }>(
		sql`select 'q-' || lpad(nextval('question_codes')::text, 6, '0') as code from generate_series(1, ${count}::int)`
	);
	return rows.map(({ code }) => code).values();
}

interface Given extends Omit<ImportInput, 'reading'> {
	codes: Iterator<string>;
	articleIds: ReadonlyMap<string, string>;
	now: Date;
}

type QuestionRow = typeof questions.$inferInsert & { caseId: string | null };
interface Rows {
	question: QuestionRow;
	draft: typeof questionDrafts.$inferInsert;
}

/** A question and its draft; a case comes before its questions. */
function rowsFor({ question, wording }: ReadyQuestion, given: Given): Rows[] {
	const { unitId, use, codes, articleIds, now, authorId } = given;
	const place = { unitId, use: question.use ?? use, topic: question.topic, tags: [...new Set(question.tags)] };
	const row = (kind: QuestionRow['kind'], caseId: string | null, position: number): QuestionRow => ({
		...place,
		id: newId(),
		code: codes.next().value as string,
		kind,
		caseId,
		position,
		state: 'unpublished',
		createdAt: now
	});
	const draft = (questionId: string, contents: SmallContent[], content: unknown) => ({
		questionId,
		difficulty: Math.max(...contents.map(({ difficulty }) => difficulty)),
		content,
		articleIds: [...new Set(contents.flatMap(({ articles }) => articles))].map((address) => articleIds.get(address)!),
		authorId,
		updatedAt: now
	});
	const small = (content: SmallContent, caseId: string | null, position: number): Rows => {
		const question = row(content.kind, caseId, position);
		return { question, draft: draft(question.id, [content], { ...content, id: question.code }) };
	};
	if (wording.kind !== 'case') return [small(wording, null, 0)];

	const whole = row('case', null, 0);
	const parts = wording.questions.map((content, index) => small(content, whole.id, index + 1));
	const content = {
		kind: 'case',
		situation: wording.situation,
		questions: parts.map(({ question }) => question.id)
	};
	return [{ question: whole, draft: draft(whole.id, wording.questions, content) }, ...parts];
}
