import { sql } from 'drizzle-orm';
import { practiceRoundQuestions, practiceRounds } from '#db/schema/practice.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { questionArticles, questions } from '#db/schema/questions.ts';
import { articles, statutes, type StatuteChapter } from '#db/schema/statutes.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { askable } from './askable.ts';
import { countDue } from './due.ts';
import { countWrong } from './list-wrong.ts';
import { listWeakArticles } from './mastery.ts';

const weakShown = 6;

/** What the actor can practise today. */
export async function readPractice(ctx: SignedIn) {
	const [due, wrong, weak, laws, open, mocks] = await Promise.all([
		countDue(ctx),
		countWrong(ctx),
		listWeakArticles(ctx, weakShown),
		listLaws(ctx),
		findOpenRound(ctx),
		listMockExams(ctx)
	]);
	return { due, wrong, weak, laws, open, mocks };
}

export interface PractisedLaw {
	slug: string;
	title: { 'zh-CN': string; en: string };
	count: number;
	chapters: { number: number; title: { 'zh-CN': string; en: string }; count: number }[];
}

/** The laws and chapters that practice can ask the actor about, with the number of questions. */
async function listLaws({ db, actor, now }: SignedIn): Promise<PractisedLaw[]> {
	type Row = { slug: string; chapter: number | null; count: number; whole: boolean };
	const { rows } = await db.execute<Row>(sql`
		select article.statute as slug, article.chapter, count(distinct ${questions.id})::int as count,
			grouping(article.chapter) = 1 as whole
		from ${questions}
		join ${questionArticles} qa on qa.version_id = ${questions.currentVersionId}
		join ${articles} article on article.id = qa.article_id
		where ${askable(questions, { personId: actor.personId, today: dateOf(now) })}
		group by grouping sets ((article.statute), (article.statute, article.chapter))`);
	const held = await db
		.select({ slug: statutes.slug, title: statutes.title, chapters: statutes.chapters })
		.from(statutes)
		.orderBy(statutes.position, statutes.slug);
	return held.flatMap(({ slug, title, chapters }) => {
		const whole = rows.find((row) => row.slug === slug && row.whole);
		const countOf = ({ number }: StatuteChapter) =>
			rows.find((row) => row.slug === slug && !row.whole && row.chapter === number)?.count ?? 0;
		const asked = chapters.map((chapter) => ({
			number: chapter.number,
			title: chapter.title,
			count: countOf(chapter)
		}));
		return whole ? [{ slug, title, count: whole.count, chapters: asked.filter(({ count }) => count > 0) }] : [];
	});
}

/** The actor's latest round, where it was begun today and is not finished. */
async function findOpenRound({ db, actor, now }: SignedIn) {
	const { rows } = await db.execute<{ id: string; answered: number; count: number; openedAt: string }>(sql`
		select round.id, count(asked.answered_at)::int as answered, count(*)::int as count,
			to_json(round.opened_at) #>> '{}' as "openedAt"
		from ${practiceRounds} round join ${practiceRoundQuestions} asked on asked.round_id = round.id
		where round.person_id = ${actor.personId}
		group by round.id order by round.opened_at desc, round.id desc limit 1`);
	const [latest] = rows;
	if (!latest || latest.answered === latest.count || latest.answered === 0) return null;
	return dateOf(new Date(latest.openedAt)) === dateOf(now) ? latest : null;
}

/** Mock exams that the actor may sit now. */
async function listMockExams({ db, actor, now }: SignedIn) {
	const { rows } = await db.execute<{ id: string; title: string }>(sql`
		select exam.id, exam.title from ${exams} exam
		join ${examCandidates} candidate on candidate.exam_id = exam.id and candidate.person_id = ${actor.personId}
		where exam.kind = 'mock' and exam.state in ('published', 'released') and candidate.status = 'due'
			and candidate.opens_at <= ${now} and ${now} < candidate.closes_at
		order by candidate.closes_at, exam.id`);
	return rows;
}
