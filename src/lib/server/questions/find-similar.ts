import { eq, sql } from 'drizzle-orm';
import { askedText, questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import { demand } from '../access/scope.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { isVisible } from './listed-questions.ts';
import { likeness } from './likeness.ts';
import { recordListing } from './record-listing.ts';

export interface SimilarQuestion {
	id: string;
	code: string;
	text: string;
	/** 0 to 1. */
	likeness: number;
}

/** From here on two stems are said to be alike. */
const alike = 0.55;
/** Share of three-character pieces from which the database offers a text for comparison; low, since it weighs more coarsely. */
const worthComparing = 0.15;

/**
 * Questions that the actor may see whose stem is much like a text, as it is asked or drafted, the likest first. Those that exams
 * may ask count as listed.
 * @param except the question that the text is of
 */
export function findSimilar(ctx: SignedIn, text: string, except: string | null = null): Promise<SimilarQuestion[]> {
	demand(ctx, 'question:view');
	return atomically(ctx, async (ctx) => {
		const similar = text.trim().length < 4 ? [] : await compare(ctx, text, except);
		await recordListing(
			ctx,
			similar.map(({ id }) => id)
		);
		return similar;
	});
}

async function compare(ctx: SignedIn, text: string, except: string | null): Promise<SimilarQuestion[]> {
	const sought = text.slice(0, 400);
	// The operator, which the trigram indexes serve, reads its threshold from here. Reading every wording costs more than the
	// planner thinks: without the second setting it would not use them for long texts. Both end with the transaction.
	await ctx.db.execute(
		sql`select set_config('pg_trgm.similarity_threshold', ${String(worthComparing)}, true), set_config('random_page_cost', '1.1', true)`
	);
	const asked = askedText(questionVersions.content);
	const drafted = askedText(questionDrafts.content);
	const rows = await ctx.db
		.select({
			id: questions.id,
			code: questions.code,
			text: sql<string>`near.text`,
			whole: sql<string>`coalesce(${questions.caseId}, ${questions.id})`
		})
		.from(
			sql`(
				select ${questionVersions.questionId} as id, ${asked} as text from ${questionVersions}
				join questions q on q.current_version_id = ${questionVersions.id} where ${asked} % ${sought}
				union all
				select ${questionDrafts.questionId}, ${drafted} from ${questionDrafts} where ${drafted} % ${sought}) near`
		)
		.innerJoin(questions, eq(questions.id, sql`near.id`))
		.leftJoin(units, eq(units.id, questions.unitId))
		.where(
			sql`${isVisible(ctx)} and ${questions.archivedAt} is null
			and (${except}::uuid is null or ${except} not in (${questions.id}, coalesce(${questions.caseId}, ${questions.id})))`
		)
		.orderBy(sql`similarity(near.text, ${sought}) desc`)
		.limit(40);
	const found = new Map<string, SimilarQuestion>();
	for (const { whole, code, text: other } of rows) {
		const near = { id: whole, code, text: other.slice(0, 200), likeness: likeness(text, other) };
		if (near.likeness >= Math.max(alike, found.get(whole)?.likeness ?? 0)) found.set(whole, near);
	}
	return [...found.values()].toSorted((a, b) => b.likeness - a.likeness).slice(0, 5);
}
