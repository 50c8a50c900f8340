import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { forbidden } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { type Order, type Page, readPage, turned } from '../../platform/keyset.ts';
import { recordViewings } from '../../questions/record-viewings.ts';
import { satStates } from '../attempt-state.ts';
import { type KnownByPoints, readByPoints } from '../paper-entry/entries.ts';
import type { ExamView } from '../read-exam.ts';
import { listSlots, type Slot } from '../sitting/list-slots.ts';
import { type PaperSlot, paperSlots } from '../sitting/read-paper.ts';

/** Papers on one page: what a browser prints at a time. */
const papersAtOnce = 20;

/** A paper as it was sat, with answers, points and receipts, whatever has happened to its questions since. */
export interface FrozenPaper {
	id: string;
	name: string;
	staffNumber: string;
	unit: string;
	seat: string | null;
	number: number;
	startedAt: Date;
	submittedAt: Date;
	submittedBy: 'person' | 'deadline' | 'examiner';
	voidedBecause: string | null;
	score: number | null;
	total: number;
	slots: PaperSlot[];
	/** Entered from paper by its points: no answer is known, and of sections not even the points of a question. */
	byPoints: KnownByPoints | null;
}

export interface Asked {
	/** Of one person only. */
	person?: string | null;
	after?: string | null;
	before?: string | null;
}

/**
 * The papers of an exam that were handed in, of candidates within reach, by unit and name, some at a time: for looking through and
 * printing. For those who hold the exam and may see its questions; not their own before it is released. Looking is on the record.
 * @throws forbidden access.forbidden
 */
export async function readFrozenPapers(ctx: SignedIn, view: ExamView, asked: Asked): Promise<Page<FrozenPaper>> {
	const { exam, may } = view;
	if (!may.edit || !may.questions) throw forbidden();
	const page = await listHandedIn(ctx, exam.id, asked);
	const slots = new Map<string, Slot[]>();
	for (const { id } of page.rows) slots.set(id, await listSlots(ctx, id));
	const ids = page.rows.map(({ id }) => id);
	const pointsOnly = await readByPoints(ctx, ids);
	const rows: FrozenPaper[] = [];
	for (const paper of page.rows) {
		const byPoints = pointsOnly.get(paper.id) ?? null;
		const read = await paperSlots(ctx, exam.id, slots.get(paper.id)!, 'answers');
		rows.push({ ...paper, byPoints, slots: byPoints?.sections ? read.map(withoutPoints) : read });
	}
	await noteLook(ctx, exam.id, ids, [...slots.values()].flat());
	return { ...page, rows };
}

/** Where only the points of a section are known, those of its questions are a way of adding up. */
const withoutPoints = (slot: PaperSlot): PaperSlot => ({ ...slot, score: null });

const byUnitAndName: Order = {
	key: sql`(${units.path}::text || ' ' || ${people.staffNumber}::text || ' ' || lpad(${examAttempts.number}::text, 3, '0'))`,
	id: examAttempts.id,
	type: 'text'
};

type HandedIn = Omit<FrozenPaper, 'slots' | 'byPoints'> & { key: string };

function listHandedIn({ db, actor }: SignedIn, examId: string, { person, after, before }: Asked) {
	return readPage<HandedIn>(
		{ after, before },
		{
			size: papersAtOnce,
			keyOf: ({ key, id }) => [key, id],
			read: (turn) => {
				const { where, rest } = turned(byUnitAndName, turn);
				return db
					.select({
						key: sql<string>`${byUnitAndName.key}`,
						id: examAttempts.id,
						name: people.name,
						staffNumber: sql<string>`${people.staffNumber}::text`,
						unit: units.name,
						seat: examCandidates.seat,
						number: examAttempts.number,
						startedAt: sql<Date>`${examAttempts.startedAt}`.mapWith(examAttempts.startedAt),
						submittedAt: sql<Date>`${examAttempts.submittedAt}`.mapWith(examAttempts.submittedAt),
						submittedBy: sql<FrozenPaper['submittedBy']>`${examAttempts.submittedBy}`,
						voidedBecause: examAttempts.voidedBecause,
						score: examAttempts.score,
						total: examAttempts.total
					})
					.from(examAttempts)
					.innerJoin(
						examCandidates,
						and(eq(examCandidates.examId, examAttempts.examId), eq(examCandidates.personId, examAttempts.personId))
					)
					.innerJoin(people, eq(people.id, examAttempts.personId))
					.innerJoin(units, eq(units.id, examCandidates.unitId))
					.where(
						sql`${and(
							eq(examAttempts.examId, examId),
							sql`${examAttempts.submittedAt} is not null`,
							inArray(examAttempts.state, [...satStates, 'voided']),
							or(ne(examAttempts.personId, actor.personId), eq(examAttempts.state, 'released')),
							person ? (isId(person) ? eq(examAttempts.personId, person) : sql`false`) : undefined,
							within(actor, 'exam:edit', units.path),
							where
						)} ${rest}`
					);
			}
		}
	);
}

function noteLook(ctx: SignedIn, examId: string, attemptIds: string[], slots: Slot[]): Promise<void> {
	return atomically(ctx, async (ctx) => {
		if (attemptIds.length === 0) return;
		await record(ctx, 'exam.papers-opened', examId, { attemptIds });
		await recordViewings(ctx, [...new Set(slots.map(({ questionId }) => questionId))]);
	});
}
