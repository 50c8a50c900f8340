import { eq, inArray, sql } from 'drizzle-orm';
import { questions, questionVersions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { forbidden, notFound } from '../platform/errors.ts';
import { isVisible } from '../questions/listed-questions.ts';
import { recordViewings } from '../questions/record-viewings.ts';
import { type ShownQuestion, showQuestion } from '../questions/show-question.ts';
import type { AskedQuestion, StoredCase } from '../questions/stored-question.ts';
import { checkBlueprint, type PaperFeasibility } from './check-blueprint.ts';
import { type DrawnSlot, drawPaper, totalOf } from './draw-paper.ts';
import { type Exam, listPapers, type PaperWithSections } from './queries.ts';
import { readExam } from './read-exam.ts';
import { readPools } from './section-pool.ts';

export interface ShownSection {
	id: string;
	title: string;
	/** For each question. */
	points: number;
	questions: PaperQuestion[];
}

/** A question that a unit above shares: it may be drawn here, and read only where it is kept. */
export interface WithheldQuestion {
	position: number;
	kind: 'withheld';
	situation: null;
	code: string;
	/** Whose question it is. */
	unit: string;
}

export type PaperQuestion = ShownQuestion | WithheldQuestion;

/** A paper as it is put to a candidate: no keys, no explanations. */
export interface PaperView {
	name: string;
	total: number;
	sections: ShownSection[];
}

export interface SamplePaper {
	exam: Exam;
	name: string;
	/** Null where the bank cannot fill the paper; then `feasibility` says why. */
	paper: PaperView | null;
	feasibility: PaperFeasibility;
}

/**
 * Draws a paper as a candidate might get it; the same seed draws the same, and nobody gets this very one. For those who may see
 * questions of the bank there; that they looked is on the record. What a unit above shares is named and not shown, unless the
 * paper is to be handed out on site and the exam has been published.
 * @throws forbidden access.forbidden, not-found exam.not-found | paper.not-found
 */
export async function samplePaper(
	ctx: SignedIn,
	{ examId, paperId, seed, handOut = false }: { examId: string; paperId: string; seed: string; handOut?: boolean }
): Promise<SamplePaper> {
	const { exam, may } = await readExam(ctx, examId);
	if (!may.questions) throw forbidden();
	const paper = (await listPapers(ctx, exam.id)).find(({ id }) => id === paperId);
	if (!paper) throw notFound('paper');
	const [feasibility] = await checkBlueprint(ctx, exam, [paper]);
	if (!feasibility?.feasible) return { exam, name: paper.name, paper: null, feasibility: feasibility! };

	const pools = await readPools(ctx, exam, paper.sections);
	const slots = drawPaper({
		sections: paper.sections.map(({ id }) => pools.get(id)!),
		lastSeen: new Map(),
		shuffleQuestions: exam.shuffleQuestions,
		shuffleOptions: exam.shuffleOptions,
		seed
	});
	const shown = await show(ctx, paper, slots);
	const isWhole = handOut && may.edit && exam.state === 'published';
	const withheld = isWhole ? new Map<number, WithheldQuestion>() : await findWithheld(ctx, slots);
	const readable = slots.filter(({ slot }) => !withheld.has(slot));
	await noteLook(ctx, 'exam.paper-sampled', exam.id, { paperId }, readable);
	const sections = shown.sections.map(({ questions, ...section }) => ({
		...section,
		questions: questions.map((question) => withheld.get(question.position) ?? question)
	}));
	return { exam, name: paper.name, paper: { ...shown, sections }, feasibility };
}

/** The slots whose question the actor may not read, by their number. */
async function findWithheld(ctx: SignedIn, slots: DrawnSlot[]): Promise<Map<number, WithheldQuestion>> {
	const rows = await ctx.db
		.select({ id: questions.id, code: questions.code, unit: units.name })
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.where(
			sql`${inArray(
				questions.id,
				slots.map(({ questionId }) => questionId)
			)} and not ${isVisible(ctx)}`
		);
	const kept = new Map(rows.map(({ id, code, unit }) => [id, { code, unit }]));
	return new Map(
		slots.flatMap(({ slot, questionId }) => {
			const keeper = kept.get(questionId);
			return keeper ? [[slot, { position: slot, kind: 'withheld' as const, situation: null, ...keeper }]] : [];
		})
	);
}

type Slot = Pick<
	DrawnSlot,
	'slot' | 'sectionId' | 'questionId' | 'questionVersionId' | 'caseVersionId' | 'points' | 'parameters' | 'optionOrder'
>;

/** Puts slots into words, in the sections of their paper. */
export async function show({ db }: Context, { name, sections }: PaperWithSections, slots: Slot[]): Promise<PaperView> {
	const ids = [
		...new Set(slots.flatMap(({ questionVersionId, caseVersionId }) => [questionVersionId, caseVersionId ?? []].flat()))
	];
	const wordings = await db
		.select({ id: questionVersions.id, content: questionVersions.content })
		.from(questionVersions)
		.where(inArray(questionVersions.id, ids));
	const contents = new Map(wordings.map(({ id, content }) => [id, content]));
	const asked = (slot: Slot) =>
		showQuestion({
			position: slot.slot,
			content: contents.get(slot.questionVersionId) as AskedQuestion,
			situation: slot.caseVersionId ? (contents.get(slot.caseVersionId) as StoredCase) : null,
			parameters: slot.parameters,
			optionOrder: slot.optionOrder,
			response: null,
			answeredAt: null
		});
	return {
		name,
		total: totalOf(slots),
		sections: sections.map(({ id, title, points }) => ({
			id,
			title,
			points,
			questions: slots.filter(({ sectionId }) => sectionId === id).map(asked)
		}))
	};
}

/** Whoever looks at exam questions leaves a trace of it: of the look, and of each question that is new to them today. */
export function noteLook(
	ctx: SignedIn,
	action: string,
	examId: string,
	details: Record<string, string>,
	slots: Pick<Slot, 'questionId'>[]
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await record(ctx, action, examId, details);
		await recordViewings(
			ctx,
			slots.map(({ questionId }) => questionId)
		);
	});
}
