import { eq, sql } from 'drizzle-orm';
import { questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import { demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { isVisible, wordingText } from './listed-questions.ts';
import { likeness } from './likeness.ts';

export interface SimilarQuestion {
	id: string;
	code: string;
	text: string;
	/** 0 to 1. */
	likeness: number;
}

/** From here on two stems are said to be alike. */
const alike = 0.55;

/** Questions that the actor may see whose stem is much like a text, the likest first. @param except the question that the text is of */
export async function findSimilar(
	ctx: Context,
	text: string,
	except: string | null = null
): Promise<SimilarQuestion[]> {
	demand(ctx, 'question:view');
	if (text.trim().length < 4) return [];
	const nearness = sql`similarity(${wordingText}, ${text.slice(0, 1000)})`;
	const rows = await ctx.db
		.select({ id: questions.id, code: questions.code, text: sql<string>`${wordingText}`, caseId: questions.caseId })
		.from(questions)
		.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
		.leftJoin(units, eq(units.id, questions.unitId))
		.where(
			sql`${isVisible(ctx)} and ${questions.archivedAt} is null and ${nearness} > 0.15
			and (${except}::uuid is null or ${except} not in (${questions.id}, coalesce(${questions.caseId}, ${questions.id})))`
		)
		.orderBy(sql`${nearness} desc`)
		.limit(40);
	return rows
		.map(({ id, code, text: other, caseId }) => ({
			id: caseId ?? id,
			code,
			text: other.slice(0, 200),
			likeness: likeness(text, other)
		}))
		.filter(({ likeness }) => likeness >= alike)
		.toSorted((a, b) => b.likeness - a.likeness)
		.slice(0, 5);
}
