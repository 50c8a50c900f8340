import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { SmallContent } from '../content/parse-questions.ts';
import type { ExchangeQuestion } from '../formats/exchange-question.ts';
import { asExchange } from './as-exchange.ts';
import { fingerprintOf, textOf } from './likeness-of.ts';

/** Codes of the questions that the actor may see and that say the same as these, by their fingerprint. */
export async function findKnown({ db, actor }: Context, sought: ExchangeQuestion[]): Promise<Map<string, string>> {
	const known = new Map<string, string>();
	const said = sql<string>`coalesce(${questionVersions.content} ->> 'stem', ${questionVersions.content} ->> 'situation', ${questionDrafts.content} ->> 'stem', ${questionDrafts.content} ->> 'situation')`;
	for (const batch of batchesOf([...new Set(sought.map(textOf))])) {
		const rows = await db
			.select({
				code: questions.code,
				content: sql<unknown>`coalesce(${questionVersions.content}, ${questionDrafts.content})`
			})
			.from(questions)
			.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
			.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
			.leftJoin(units, eq(units.id, questions.unitId))
			.where(
				and(
					isNull(questions.archivedAt),
					inArray(said, batch),
					sql`(${questions.courseId} is not null or ${within(actor, 'question:view', units.path)})`
				)
			);
		for (const { code, content } of rows) known.set(fingerprintOf(exchanged(content)), code);
	}
	return known;
}

function exchanged(content: unknown): ExchangeQuestion {
	const stored = content as SmallContent | { kind: 'case'; situation: string };
	if (stored.kind !== 'case') return asExchange(stored, { topic: '', tags: [] });
	const { situation } = stored;
	return { articles: [], topic: '', tags: [], wording: { kind: 'case', situation }, questions: [] };
}
