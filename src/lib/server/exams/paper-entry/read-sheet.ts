import { and, asc, desc, eq, ne } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examPapers, examSections } from '#db/schema/exam-papers.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { typedAnswer, type TypedSlot } from '#lib/schemas/typed-answer.ts';
import { within } from '../../access/scope.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import type { Answer } from '../../questions/score-answer.ts';
import { asShown } from '../../questions/shown-letters.ts';
import { isWritten } from '../score-slot.ts';
import { type PaperEntry, readEntries } from './entries.ts';
import { getEnteredExam } from './entered-exam.ts';

/** A row of an answer sheet: what is asked for, never the question itself. */
export interface SheetSlot extends TypedSlot {
	slot: number;
	sectionId: string;
	section: string;
	points: number;
	isWritten: boolean;
	/** The letters of the options as they were printed, in stated letters. */
	optionOrder: string[] | null;
}

export type EntryState = 'waiting' | 'entered' | 'sat-online' | 'being-sat' | 'without-paper';

/** An entry with its answers, and its points, as they would be typed. */
export interface ShownEntry extends Pick<PaperEntry, 'number' | 'way' | 'because' | 'by' | 'points'> {
	at: Date;
	lines: string[];
}

/** The answer sheet of a candidate, with what was entered of it. */
export interface EntrySheet {
	exam: { id: string; title: string; opensAt: Date };
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	seat: string | null;
	paper: string;
	state: EntryState;
	slots: SheetSlot[];
	/** All entries, the newest first. */
	entries: ShownEntry[];
	/** What the newest says, as it would be typed, by slot. */
	typed: Record<number, string>;
}

/**
 * What there is to enter of a candidate's paper.
 * @throws not-found exam.not-found | candidate.not-found
 */
export async function readEntrySheet(ctx: SignedIn, examId: string, personId: string): Promise<EntrySheet> {
	const exam = await getEnteredExam(ctx, examId);
	const [found] = isId(personId)
		? await ctx.db
				.select({
					name: people.name,
					staffNumber: people.staffNumber,
					unit: units.name,
					seat: examCandidates.seat,
					paper: examPapers.name
				})
				.from(examCandidates)
				.innerJoin(people, eq(people.id, examCandidates.personId))
				.innerJoin(units, eq(units.id, examCandidates.unitId))
				.innerJoin(examPapers, eq(examPapers.id, examCandidates.paperId))
				.where(
					and(
						eq(examCandidates.examId, examId),
						eq(examCandidates.personId, personId),
						eq(examCandidates.status, 'due'),
						ne(examCandidates.personId, ctx.actor.personId),
						within(ctx.actor, 'exam:mark', units.path)
					)
				)
		: [];
	if (!found) throw notFound('candidate');

	const [attempt] = await ctx.db
		.select()
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, personId)))
		.orderBy(desc(examAttempts.number))
		.limit(1);
	const entries = attempt ? ((await readEntries(ctx, [attempt.id])).get(attempt.id) ?? []) : [];
	const state = stateOf(attempt?.state, entries.length);
	const rows = attempt ? await readRows(ctx, attempt.id) : [];
	const last = state === 'entered' ? entries[0] : undefined;
	return {
		exam: { id: exam.id, title: exam.title, opensAt: exam.opensAt },
		personId,
		...found,
		state,
		slots: rows,
		entries: state === 'entered' ? entries.map((entry) => showEntry(entry, rows)) : [],
		typed: Object.fromEntries(
			rows.map(({ slot, optionOrder }) => [slot, typedAnswer(shown(last?.answers[slot], optionOrder))])
		)
	};
}

const shown = (answer: unknown, optionOrder: string[] | null): GivenAnswer | null =>
	asShown((answer ?? null) as Answer | null, optionOrder) as GivenAnswer | null;

function showEntry(
	{ number, way, because, by, points, enteredAt, answers }: PaperEntry,
	rows: SheetSlot[]
): ShownEntry {
	const lines = rows.flatMap(({ slot, optionOrder }) => {
		const given = [typedAnswer(shown(answers[slot], optionOrder)), points[slot]?.toFixed(2)].filter(Boolean);
		return given.length > 0 ? [`${slot} ${given.join(' ')}`] : [];
	});
	const sections = [...new Map(rows.map(({ sectionId, section }) => [sectionId, section]))];
	const whole = sections.flatMap(([id, title]) =>
		points[id] === undefined ? [] : [`${title} ${points[id].toFixed(2)}`]
	);
	return { number, way, because, by, points, at: enteredAt, lines: [...lines, ...whole] };
}

/** Where a paper stands that might be entered. */
export function stateOf(state: (typeof examAttempts.$inferSelect)['state'] | undefined, entries: number): EntryState {
	if (!state) return 'without-paper';
	if (state === 'prepared' || state === 'voided') return 'waiting';
	if (state === 'open') return 'being-sat';
	return entries > 0 ? 'entered' : 'sat-online';
}

/** The rows of the answer sheet of an attempt, in its order. */
export async function readRows({ db }: Context, attemptId: string): Promise<SheetSlot[]> {
	const rows = await db
		.select({
			slot: examAnswers.slot,
			sectionId: examAnswers.sectionId,
			section: examSections.title,
			points: examAnswers.points,
			kind: examAnswers.kind,
			size: examAnswers.size,
			optionOrder: examAnswers.optionOrder
		})
		.from(examAnswers)
		.innerJoin(examSections, eq(examSections.id, examAnswers.sectionId))
		.where(eq(examAnswers.attemptId, attemptId))
		.orderBy(asc(examAnswers.slot));
	return rows.map((row) => ({
		...row,
		kind: row.kind as TypedSlot['kind'],
		letters: row.optionOrder?.length ?? row.size,
		isWritten: isWritten(row.kind)
	}));
}
