import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { pauseOf } from './begin-check.ts';
import {
	type CheckedLesson,
	findCourseCompletion,
	findNextLesson,
	getCheckedLesson,
	getLessonText,
	type LessonAddress,
	listArticlesAsked,
	listOwnTries,
	listPinnedQuestions,
	readRound,
	type Try
} from './check-queries.ts';
import { reviewQuestion } from '../questions/review-question.ts';
import { sectionsCiting } from './sections-citing.ts';
import { showQuestion } from '../questions/show-question.ts';

/** Where the reader stands in an open try: at a question, or before handing in. */
const handIn = 'hand-in';

/**
 * How the actor's check of a lesson stands, with what its page shows. Questions come without keys until one try has been
 * passed in the round that the actor is in; from then on that try can be looked at with everything that explains it.
 * @param at position of a question, or `hand-in`; the first unanswered question unless told
 */
export async function readCheck(ctx: SignedIn, address: LessonAddress, at: string | null) {
	const lesson = await getCheckedLesson(ctx, address);
	const all = await listOwnTries(ctx, lesson.id);
	const round = await readRound(ctx, lesson.courseId);
	const tries = all.filter((each) => each.round === round);
	const [latest] = tries;
	const shared = { lesson, round, history: all.filter(({ status }) => status !== 'open').map(inHistory) };

	if (latest?.status === 'open') return { ...shared, ...(await readOpen(ctx, latest, at)) };
	if (latest?.status === 'passed') return { ...shared, ...(await readPassed(ctx, lesson, latest)) };
	if (latest) return { ...shared, ...(await readFailed(ctx, lesson, latest, tries)) };
	if (lesson.archived) throw notFound('lesson');
	return { ...shared, state: 'ready' as const };
}

async function readOpen(ctx: SignedIn, { id, number }: Try, at: string | null) {
	const questions = await listPinnedQuestions(ctx, id);
	const receipts = questions.map(({ position, answeredAt }) => ({ position, at: answeredAt }));
	const asked = questions.find(({ position }) => String(position) === at);
	const unanswered = questions.find(({ answeredAt }) => !answeredAt);
	const question = at === handIn ? undefined : (asked ?? unanswered);
	return { state: 'open' as const, checkId: id, number, receipts, question: question ? showQuestion(question) : null };
}

async function readPassed(ctx: SignedIn, lesson: CheckedLesson, check: Try) {
	const questions = await listPinnedQuestions(ctx, check.id);
	return {
		state: 'passed' as const,
		passedAt: check.submittedAt ?? check.openedAt,
		correct: check.correct ?? 0,
		questions: questions.map((question) => reviewQuestion({ ...question, correct: question.correct ?? false })),
		next: await findNextLesson(ctx, lesson),
		course: await findCourseCompletion(ctx, lesson.courseId)
	};
}

async function readFailed(ctx: SignedIn, lesson: CheckedLesson, check: Try, tries: Try[]) {
	const until = pauseOf(tries);
	const pause = until && ctx.now < until ? until : null;
	const asked = await listPinnedQuestions(ctx, check.id);
	return {
		state: 'failed' as const,
		correct: countShown(check),
		drawn: asked.length,
		pass: check.pass,
		pausedUntil: pause,
		pausedFor: pause ? pause.getTime() - ctx.now.getTime() : 0,
		reread: await listReread(ctx, lesson, check)
	};
}

/** Every article asked about, with the section of the lesson that first speaks of it. */
async function listReread(ctx: SignedIn, lesson: CheckedLesson, check: Try) {
	const { html, headings } = await getLessonText(ctx, lesson.versionId);
	const sections = sectionsCiting(html);
	return (await listArticlesAsked(ctx, check.id)).map((article) => {
		const section = headings.find(({ id }) => id === sections.get(`${article.statute}/${article.number}`));
		return { ...article, section: section ? { id: section.id, text: section.text } : null };
	});
}

/** A count of none would say of every single answer that it was wrong; so fewer than two are not told apart. */
const countShown = ({ status, correct }: Try): number | null =>
	correct !== null && (status === 'passed' || correct >= 2) ? correct : null;

const inHistory = (check: Try) => ({
	number: check.number,
	status: check.status,
	at: check.submittedAt ?? check.openedAt,
	correct: countShown(check)
});
