import { and, desc, eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examKeyChanges } from '#db/schema/exam-marking.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { questions, questionVersions } from '#db/schema/questions.ts';
import { demandNotOwn } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { announce } from '../../platform/announce.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { listByPoints } from '../paper-entry/entries.ts';
import { type Exam, lockExam } from '../queries.ts';
import { isWritten } from '../score-slot.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { markStale } from '../statistics/mark-stale.ts';
import { addUp, keepScores } from './keep-scores.ts';
import { readUpheld } from './key-changes.ts';
import { finishMarking } from './mark-attempts.ts';
import { isSameShape, type KeyPolicy, mendedScore } from './mended-score.ts';
import { lockAnswers, lockHandedInWith } from './read-answers.ts';

export interface KeyChange {
	examId: string;
	questionId: string;
	policy: KeyPolicy;
	reason: string;
}

type Outcome = (typeof examCandidates.$inferSelect)['outcome'];

/** What mending a key means for those who sat. */
export interface KeyEffect {
	/** People who were asked the question, and of those everybody whose points change. */
	asked: number;
	personIds: string[];
	/** People whose outcome changes, and how. */
	turned: { personId: string; from: Outcome; to: Outcome }[];
}

class Undone extends Error {
	readonly effect: KeyEffect;
	constructor(effect: KeyEffect) {
		super('previewed');
		this.effect = effect;
	}
}

/** What mending would change, worked out by doing it and taking it back: exactly what would happen, and nothing does. */
export async function previewKey(ctx: SignedIn, change: KeyChange): Promise<KeyEffect> {
	try {
		return await atomically(ctx, async (ctx) => {
			throw new Undone(await apply(ctx, change));
		});
	} catch (error) {
		if (error instanceof Undone) return error.effect;
		throw error;
	}
}

/**
 * Scores a question of an exam anew after its key was mended in the bank, by the policy chosen. Points, outcomes and
 * everything that follows from them change with it in one transaction, and everybody whose released points changed is told once:
 * the others learn their points with the release. Whoever hands in later is scored by it too. Nobody mends a key by which they
 * are scored themselves.
 * @throws not-found exam.not-found | question.not-found; conflict key.not-mended where the policy needs a newer version and
 *   the bank has none, key.written for questions without a key, key.no-answers, key.nothing-left; invalid key.other-shape
 *   where the new version asks for answers of another shape; forbidden access.own-case
 */
export function mendKey(ctx: SignedIn, change: KeyChange): Promise<KeyEffect> {
	return atomically(ctx, (ctx) => apply(ctx, change));
}

async function apply(ctx: SignedIn, change: KeyChange): Promise<KeyEffect> {
	const { examId, questionId, policy, reason } = change;
	const exam = await lockExam(ctx, examId);
	if (exam.state === 'cancelled') throw conflict('exam.cancelled');
	if (!isId(questionId)) throw notFound('question');
	const attempts = await lockHandedInWith(ctx, examId, questionId);
	if (attempts.length === 0) throw conflict('key.no-answers');
	for (const { personId } of attempts) demandNotOwn(ctx, personId);
	const versions = await readVersions(ctx, examId, questionId);
	demandKey(policy, versions);

	const personIds = [...new Set(attempts.map(({ personId }) => personId))];
	const before = await readOutcomes(ctx, examId, personIds);
	await rescore(ctx, exam, change, versions.to.content);
	const rescored = await addUp(
		ctx,
		attempts.map(({ id }) => id),
		change
	);
	if (rescored.some(({ total }) => total === 0)) throw conflict('key.nothing-left');
	await settleCandidates(ctx, examId, personIds);
	const after = await readOutcomes(ctx, examId, personIds);
	const turned = [...after].flatMap(([personId, to]) => {
		const from = before.get(personId) ?? null;
		return from === to ? [] : [{ personId, from, to }];
	});

	const id = newId();
	const changed = [...new Set(rescored.map(({ personId }) => personId))];
	const counts = { rescored: rescored.length, turned: turned.length };
	await ctx.db.insert(examKeyChanges).values({
		id,
		examId,
		questionId,
		fromVersionId: versions.from.id,
		toVersionId: versions.to.id,
		policy,
		reason,
		personIds: changed,
		...counts,
		changedBy: ctx.actor.personId,
		changedAt: ctx.now
	});
	await record(ctx, 'key.mended', examId, { questionId, policy, ...counts });
	await announce(ctx, 'exam.rescored', { examId, personIds: changed });
	// What waited only for a mark of this question is complete now.
	await finishMarking(
		ctx,
		attempts.filter(({ state }) => state === 'submitted')
	);
	// Options, points and what they are of may have changed where no outcome did.
	await markStale(ctx, { examId });
	const told = [...new Set(rescored.filter(({ isReleased }) => isReleased).map(({ personId }) => personId))];
	await notify(ctx, told, {
		kind: 'exam_rescored',
		occasion: id,
		href: `/exams/${examId}`,
		values: { title: { 'zh-CN': exam.title, en: exam.title } }
	});
	return { asked: personIds.length, personIds: changed, turned };
}

interface Version {
	id: string;
	number: number;
	content: AskedQuestion;
}

/** The newest version that was asked in an exam, the one that the bank holds now, and all that were asked. */
export interface Versions {
	from: Version;
	to: Version;
	asked: Version[];
}

/** @throws not-found question.not-found where nobody was asked it */
export async function readVersions({ db }: Context, examId: string, questionId: string): Promise<Versions> {
	const version = { id: questionVersions.id, number: questionVersions.number, content: questionVersions.content };
	const asked = await db
		.select(version)
		.from(questionVersions)
		.where(
			and(
				eq(questionVersions.questionId, questionId),
				sql`exists (
					select 1 from ${examAnswers} join ${examAttempts} on ${examAttempts.id} = ${examAnswers.attemptId}
					where ${examAnswers.questionId} = ${questionId} and ${examAnswers.questionVersionId} = ${questionVersions.id}
						and ${examAttempts.examId} = ${examId})`
			)
		)
		.orderBy(desc(questionVersions.number));
	const [held] = await db
		.select(version)
		.from(questions)
		.innerJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.where(eq(questions.id, questionId));
	const [from] = asked;
	if (!from || !held) throw notFound('question');
	return { from: from as Version, to: held as Version, asked: asked as Version[] };
}

function demandKey(policy: KeyPolicy, { from, to, asked }: Versions): void {
	if (policy !== 'new-key' && policy !== 'both-keys') return;
	if (isWritten(from.content.kind)) throw conflict('key.written');
	if (asked.every(({ id }) => id === to.id)) throw conflict('key.not-mended');
	if (!asked.every(({ content }) => isSameShape(content, to.content)))
		throw invalid('key.other-shape', { field: 'policy' });
}

/**
 * New points for every answer to the question; what an appeal has given is not taken back. Papers that were entered by their points
 * keep these under another key: nobody knows what was answered.
 */
async function rescore(ctx: Context, exam: Exam, change: KeyChange, mended: AskedQuestion): Promise<void> {
	const { questionId, policy } = change;
	const answers = await lockAnswers(
		ctx,
		sql`${examAnswers.questionId} = ${questionId} and ${examAnswers.attemptId} in (
			select id from exam_attempts where exam_id = ${exam.id} and state in ('submitted', 'marked', 'released'))`
	);
	const upheld = await readUpheld(
		ctx,
		answers.map(({ attemptId }) => attemptId)
	);
	const scoring = { multiple: exam.multipleScoring };
	const byPoints =
		policy === 'new-key' || policy === 'both-keys' ? await listByPoints(ctx, exam.id) : new Set<string>();
	const known = answers.filter(({ attemptId }) => !byPoints.has(attemptId));
	const scores = known.map((answer) => {
		const score = mendedScore(answer, mended, policy, scoring) ?? 0;
		const granted = policy === 'drop-question' ? 0 : (upheld.get(`${answer.attemptId} ${answer.slot}`) ?? 0);
		return { attemptId: answer.attemptId, slot: answer.slot, score: Math.max(score, granted), before: answer.score };
	});
	await keepScores(
		ctx,
		scores.filter(({ score, before }) => score !== before)
	);
}

async function readOutcomes({ db }: Context, examId: string, personIds: string[]): Promise<Map<string, Outcome>> {
	const rows = await db
		.select({ personId: examCandidates.personId, outcome: examCandidates.outcome })
		.from(examCandidates)
		.where(sql`${examCandidates.examId} = ${examId} and ${examCandidates.personId} in ${idList(personIds)}`);
	return new Map(rows.map(({ personId, outcome }) => [personId, outcome]));
}
