import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { questionDrafts, questionImages, questions, questionVersions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import type { QuestionFilter } from '#lib/schemas/questions.ts';
import { demand, within } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import type { SmallContent } from '../content/parse-questions.ts';
import { formats, type FormatName } from '../formats/all-formats.ts';
import type { ExchangeQuestion, SmallExchange } from '../formats/exchange-question.ts';
import type { Feature, Lose } from '../formats/format.ts';
import { shownPictures } from '../formats/picture-box.ts';
import { writeQtiItem } from '../formats/qti/write-qti.ts';
import { listedQuestions } from '../listed-questions.ts';
import { asExchange } from './as-exchange.ts';

/** Each is looked for among all that the filter leaves: fewer and larger ones keep a large bank from being read too often. */
const batch = 1_000;

/** Which questions the actor may take out of the bank: those of the list, where they may export as well. */
const exportable = (ctx: Context, filter: Partial<QuestionFilter>): SQL =>
	sql`${listedQuestions(ctx, filter)} and (${questions.courseId} is not null or ${within(ctx.actor, 'question:export', units.path)})`;

/** How many questions an export would hold; a case counts as one. */
export async function countExportable(ctx: Context, filter: Partial<QuestionFilter>): Promise<number> {
	demand(ctx, 'question:export');
	const [row] = await ctx.db
		.select({ count: sql<number>`count(*)`.mapWith(Number) })
		.from(questions)
		.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
		.leftJoin(units, eq(units.id, questions.unitId))
		.where(exportable(ctx, filter));
	return row!.count;
}

/** Something that a format cannot carry, how often, and the codes of some questions that it concerns. */
export interface CountedLoss {
	feature: Feature;
	count: number;
	codes: string[];
}

const fewCodes = 5;

/** What a format could not carry of these questions, nothing written and nothing shown; counted, so that a large bank needs no more room. */
export async function countLosses(
	ctx: Context,
	filter: Partial<QuestionFilter>,
	format: FormatName
): Promise<CountedLoss[]> {
	demand(ctx, 'question:export');
	const losses = new Map<Feature, CountedLoss>();
	const lose: Lose = ({ item = '' }, feature) => {
		const { count, codes } = losses.get(feature) ?? { count: 0, codes: [] };
		losses.set(feature, { feature, count: count + 1, codes: codes.length < fewCodes ? [...codes, item] : codes });
	};
	for await (const _ of formats[format].write(eachQuestion(ctx, filter, format), lose, ctx));
	return [...losses.values()];
}

/**
 * Takes questions out of the bank as a file that is made while it is read; memory stays flat in their number. That it was done
 * is put on record before the first piece.
 * @param lose is told what the format cannot carry
 */
export async function exportQuestions(
	ctx: Context,
	{ filter, format, lose = () => {} }: { filter: Partial<QuestionFilter>; format: FormatName; lose?: Lose }
): Promise<{ count: number; pieces: AsyncIterable<Uint8Array> }> {
	const count = await countExportable(ctx, filter);
	await record(ctx, 'question.exported', null, { format, count });
	return { count, pieces: formats[format].write(eachQuestion(ctx, filter, format), lose, ctx) };
}

const editionOf = { qti21: '2.1', qti22: '2.2', qti3: '3.0' } as const;

/** One question as one QTI item without a package around it. @throws invalid formats.not-one */
export async function exportItem(
	ctx: Context,
	{ filter, format, lose }: { filter: Partial<QuestionFilter>; format: keyof typeof editionOf; lose: Lose }
): Promise<string> {
	if ((await countExportable(ctx, filter)) !== 1) throw invalid('formats.not-one');
	await record(ctx, 'question.exported', null, { format, count: 1 });
	for await (const question of eachQuestion(ctx, filter, format)) {
		const item = writeQtiItem(question, editionOf[format], lose);
		if (item !== undefined) return item;
	}
	throw invalid('formats.not-one');
}

/** The questions of an export in the order of their codes, as they are asked today, or drafted where they never were. */
async function* eachQuestion(
	ctx: Context,
	filter: Partial<QuestionFilter>,
	format: FormatName
): AsyncGenerator<ExchangeQuestion> {
	const hasRoom = 'pictures' in formats[format];
	for (let after = ''; ;) {
		const rows = await ctx.db
			.select(fields)
			.from(questions)
			.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
			.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
			.leftJoin(units, eq(units.id, questions.unitId))
			.where(and(exportable(ctx, filter), gt(questions.code, after)))
			.orderBy(asc(questions.code))
			.limit(batch);
		const parts = await partsOf(
			ctx,
			rows.filter(({ kind }) => kind === 'case').map(({ id }) => id)
		);
		for (const row of rows) {
			const question = exchanged(row, parts.get(row.id) ?? []);
			yield hasRoom ? withPictures(ctx, row.id, question) : question;
		}
		if (rows.length < batch) return;
		after = rows.at(-1)!.code;
	}
}

/** One question at a time, so that memory stays flat however many pictures there are. */
async function withPictures({ db }: Context, questionId: string, question: ExchangeQuestion) {
	const shown = [...shownPictures(question)];
	if (shown.length === 0) return question;
	const pictures = await db
		.select({
			name: questionImages.name,
			base64: sql<string>`translate(encode(${questionImages.bytes}, 'base64'), E'\\n', '')`
		})
		.from(questionImages)
		.where(and(eq(questionImages.questionId, questionId), inArray(questionImages.name, shown)))
		.orderBy(asc(questionImages.name));
	return pictures.length > 0 ? { ...question, pictures } : question;
}

const fields = {
	id: questions.id,
	code: questions.code,
	kind: questions.kind,
	caseId: questions.caseId,
	topic: questions.topic,
	tags: questions.tags,
	use: questions.use,
	content: sql<
		SmallContent | { kind: 'case'; situation: string } | null
	>`coalesce(${questionVersions.content}, ${questionDrafts.content})`
};
type Row = Pick<typeof questions.$inferSelect, 'id' | 'code' | 'caseId' | 'topic' | 'tags' | 'use'> & {
	content: SmallContent | { kind: 'case'; situation: string } | null;
};

/** The questions of cases, in their order. */
async function partsOf({ db }: Context, caseIds: string[]): Promise<Map<string, Row[]>> {
	if (caseIds.length === 0) return new Map();
	const rows = await db
		.select(fields)
		.from(questions)
		.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
		.where(and(inArray(questions.caseId, caseIds), isNull(questions.archivedAt)))
		.orderBy(asc(questions.position), asc(questions.code));
	return Map.groupBy(rows, ({ caseId }) => caseId!);
}

function exchanged({ code, topic, tags, use, content }: Row, parts: Row[]): ExchangeQuestion {
	const details = { code, topic, tags, use };
	if (content === null || content.kind !== 'case') return asExchange(content!, details);
	const { kind, situation } = content;
	const questions = parts.map((part) => exchanged(part, []) as SmallExchange);
	return { ...details, articles: [], wording: { kind, situation }, questions };
}
