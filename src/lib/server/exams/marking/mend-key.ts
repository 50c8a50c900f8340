import { and, desc, eq, inArray } from 'drizzle-orm';
import { examAnswers, examCandidates, examKeyChanges, examQuestionFigures, examStatistics } from '#db/schema/exams.ts';
import { questions, questionVersions } from '#db/schema/questions.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { type Exam, lockExam } from '../queries.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { addUp, keepScores, type SlotScore } from './keep-scores.ts';
import { isSameShape, type KeyPolicy, mendedScore } from './mended-score.ts';
import { lockAnswers, lockMarkedWith } from './read-answers.ts';

export interface KeyChange {
	examId: string;
	questionId: string;
	policy: KeyPolicy;
	reason: string;
}

/** What mending a key means for those who sat. */
export interface KeyEffect {
	/** Attempts whose points change. */
	rescored: number;
	/** People whose outcome changes, and how. */
	turned: { personId: string; from: string | null; to: string | null }[];
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
 * everything that follows from them change with it in one transaction, and everybody whose points changed is told.
 * @throws not-found exam.not-found | question.not-found; conflict key.not-mended where the policy needs a newer version and
 *   the bank has none, key.no-answers; invalid key.other-shape where the new version asks for answers of another shape
 */
export function mendKey(ctx: SignedIn, change: KeyChange): Promise<KeyEffect> {
	return atomically(ctx, (ctx) => apply(ctx, change));
}

async function apply(ctx: SignedIn, change: KeyChange): Promise<KeyEffect> {
	const { examId, questionId, policy, reason } = change;
	const exam = await lockExam(ctx, examId);
	const attempts = await lockMarkedWith(ctx, examId, questionId);
	if (attempts.length === 0) throw conflict('key.no-answers');
	const versions = await readVersions(ctx, examId, questionId);
	if ((policy === 'new-key' || policy === 'both-keys') && versions.to.id === versions.from.id) throw conflict('key.not-mended');

	const personIds = [...new Set(attempts.map(({ personId }) => personId))];
	const before = await readOutcomes(ctx, examId, personIds);
	const changed = await rescore(ctx, exam, change, versions.to.content);
	const id = newId();
	const act = { id, examId, questionId, policy, reason, changedBy: ctx.actor.personId, changedAt: ctx.now };
	const ids = { fromVersionId: versions.from.id, toVersionId: versions.to.id };
	// The change must stand before points are added up: it says whether the question counts at all.
	const turned = await settle(ctx, { ...act, ...ids, rescored: changed.length }, { exam, attempts, before, personIds });
	await record(ctx, 'key.mended', examId, { questionId, policy, rescored: changed.length, turned: turned.length });
	return { rescored: changed.length, turned };
}

type Versions = Record<'from' | 'to', { id: string; content: AskedQuestion }>;

/** The version that was asked, and the one that the bank holds now. */
async function readVersions({ db }: Context, examId: string, questionId: string): Promise<Versions> {
	const [asked] = await db
		.select({ id: questionVersions.id, content: questionVersions.content })
		.from(examAnswers)
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.where(eq(examAnswers.questionId, questionId))
		.orderBy(desc(questionVersions.number))
		.limit(1);
	const [held] = await db
		.select({ id: questionVersions.id, content: questionVersions.content })
		.from(questions)
		.innerJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.where(eq(questions.id, questionId));
	if (!asked || !held) throw notFound('question');
	return {
		from: { id: asked.id, content: asked.content as AskedQuestion },
		to: { id: held.id, content: held.content as AskedQuestion }
	};
}
