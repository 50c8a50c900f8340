import { asc, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examSectionQuestions } from '#db/schema/exam-papers.ts';
import { questions } from '#db/schema/questions.ts';
import { statutes } from '#db/schema/statutes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/exam-papers.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { notFound } from '../platform/errors.ts';
import { examEligible } from '../questions/exam-eligible.ts';
import { isVisible } from '../questions/listed-questions.ts';
import { recordListing } from '../questions/record-listing.ts';
import { checkBlueprint, type PaperFeasibility } from './check-blueprint.ts';
import { type Exam, listPapers, type PaperWithSections } from './queries.ts';
import { readExam } from './read-exam.ts';
import { readSectionChoice } from './read-section-choice.ts';
import { type Drawing, drawnBy, readPools } from './section-pool.ts';

export interface Blueprint {
	papers: PaperWithSections[];
	feasibility: PaperFeasibility[];
}

/** The papers of an exam with what the bank can give each section now. Asked of an exam that the actor has been let see. */
export async function readBlueprint(ctx: Context, exam: Exam): Promise<Blueprint> {
	const papers = await listPapers(ctx, exam.id);
	return { papers, feasibility: await checkBlueprint(ctx, exam, papers) };
}

/**
 * How many questions a section that is being put together could draw from.
 * @throws not-found exam.not-found; invalid section.unknown-place | section.unknown-article
 */
export async function countAvailable(
	ctx: SignedIn,
	examId: string,
	choice: v.InferOutput<typeof schemas.countAvailable>
): Promise<number> {
	const { exam, may } = await readExam(ctx, examId);
	if (!may.edit) throw notFound('exam');
	const filter = await readSectionChoice(ctx, choice);
	const section = {
		id: examId,
		paperId: examId,
		position: 1,
		title: '',
		kind: choice.kind,
		count: 1,
		points: 1,
		fixed: false,
		unseenFirst: false,
		filter
	};
	return (await readPools(ctx, exam, [section])).get(examId)!.pool.length;
}

/** Codes of the questions that a fixed section lists, in its order. */
export async function listSectionCodes({ db }: Context, sectionId: string): Promise<string[]> {
	const rows = await db
		.select({ code: questions.code })
		.from(examSectionQuestions)
		.innerJoin(questions, eq(questions.id, examSectionQuestions.questionId))
		.where(eq(examSectionQuestions.sectionId, sectionId))
		.orderBy(asc(examSectionQuestions.position));
	return rows.map(({ code }) => code);
}

/** What a section can be narrowed to: statutes with their chapters, and the tags and topics that questions have. */
export async function listSectionChoices({ db, now }: Context, exam: Drawing) {
	const eligible = examEligible(questions, { ...drawnBy(exam), today: dateOf(now) });
	const [laws, tags, topics] = await Promise.all([
		db
			.select({ slug: statutes.slug, title: statutes.title, short: statutes.short, chapters: statutes.chapters })
			.from(statutes)
			.where(isNull(statutes.archivedAt))
			.orderBy(asc(statutes.position)),
		db.execute<{ tag: string }>(
			sql`select distinct unnest(${questions.tags}) as tag from ${questions} where ${eligible} order by 1 limit 300`
		),
		db.execute<{ topic: string }>(
			sql`select distinct ${questions.topic} as topic from ${questions} where ${questions.topic} <> '' and ${eligible} order by 1 limit 300`
		)
	]);
	return {
		statutes: laws.map(({ chapters, ...law }) => ({
			...law,
			chapters: chapters.map(({ number, title }) => ({ number, title }))
		})),
		tags: tags.rows.map(({ tag }) => tag),
		topics: topics.rows.map(({ topic }) => topic)
	};
}

export type FoundQuestion = {
	code: string;
	/** The beginning of what is asked, as plain text. */
	stem: string;
	difficulty: number;
	topic: string;
};

/** Questions of a kind that an exam may ask, by code or by a part of what is asked: for the picker of a fixed section. What is found counts as listed; what the units above share is drawn and not looked up. */
export function findSectionQuestions(
	ctx: SignedIn,
	exam: Drawing,
	{ kind, q }: { kind: string; q: string }
): Promise<FoundQuestion[]> {
	return atomically(ctx, async (ctx) => {
		if (!q) return [];
		const hit = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
		const { rows } = await ctx.db.execute<FoundQuestion & { id: string }>(sql`
			select ${questions.id}, ${questions.code}, left(coalesce(v.content->>'stem', v.content->>'situation', ''), 80) as stem, v.difficulty, ${questions.topic}
			from ${questions} join question_versions v on v.id = ${questions.currentVersionId}
			left join ${units} on ${units.id} = ${questions.unitId}
			where ${isVisible(ctx)} and ${questions.kind}::text = ${kind} and ${questions.caseId} is null
				and ${examEligible(questions, { ...drawnBy(exam), today: dateOf(ctx.now) })}
				and (${questions.code} ilike ${hit} or v.content->>'stem' ilike ${hit} or v.content->>'situation' ilike ${hit}
					or ${questions.topic} ilike ${hit} or ${q} = any(${questions.tags}))
			order by ${questions.code} limit 20`);
		await recordListing(
			ctx,
			rows.map(({ id }) => id)
		);
		return rows.map(({ code, stem, difficulty, topic }) => ({ code, stem, difficulty, topic }));
	});
}
