import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examPapers } from '#db/schema/exam-papers.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/exam-candidates.ts';
import { within } from '../access/scope.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { Context } from '../platform/context.ts';
import { iso } from '../platform/iso.ts';
import { type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { hasSat } from './list-exams.ts';

/** What a list says of a candidate. Why somebody is exempt or has extra time is in no list. */
export type CandidateLine = {
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	rank: (typeof examCandidates.$inferSelect)['rank'];
	leadershipLevel: (typeof examCandidates.$inferSelect)['leadershipLevel'];
	paper: string;
	/** `waiting` has not begun; `marked` waits for its release. */
	state: 'exempt' | 'waiting' | 'open' | 'submitted' | 'marked' | 'absent' | 'passed' | 'failed';
	excellent: boolean;
	/** Null until marked, and for those who may not see it yet. */
	score: number | null;
	opensAt: string;
	closesAt: string;
	submittedAt: string | null;
	extraMinutes: number;
	pauseMinutes: number;
	seat: string | null;
};

type Filter = Partial<v.InferOutput<typeof schemas.candidateList>>;
type Sort = NonNullable<Filter['sort']>;

const size = 50;

const byName: Order = { key: sql`${people.name} collate "zh-x-icu"`, id: people.id, type: 'text' };
const byNumber: Order = { key: sql`${people.staffNumber}::text`, id: people.id, type: 'text' };
const bySeat: Order = { key: sql`coalesce(${examCandidates.seat}, '')`, id: people.id, type: 'text' };
const byScore: Order = {
	key: sql`(coalesce(${examCandidates.score}, -1) * 100)::int`,
	id: people.id,
	type: 'integer'
};
const down = (order: Order): Order => ({ ...order, descending: true });
const orders: Record<Sort, Order> = {
	name: byName,
	'-name': down(byName),
	number: byNumber,
	'-number': down(byNumber),
	seat: bySeat,
	'-seat': down(bySeat),
	score: byScore,
	'-score': down(byScore)
};

const attemptIn = (states: string): SQL => sql`exists (
	select 1 from exam_attempts t where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId}
		and t.state in (${sql.raw(states)}))`;

/** Outcomes are known only to those who may see scores; to others whoever has handed in has done just that. */
const stateOf = (scores: boolean): SQL => sql`case
	when ${examCandidates.status} = 'exempt' then 'exempt'
	when ${examCandidates.outcome} = 'absent' then 'absent'
	when ${attemptIn(`'open'`)} then 'open'
	when ${scores} and ${examCandidates.outcome} is not null then ${examCandidates.outcome}::text
	when ${attemptIn(`'submitted'`)} then 'submitted'
	when ${hasSat} then ${scores ? 'marked' : 'submitted'}
	else 'waiting' end`;

const conditions: Record<NonNullable<Filter['state']>, SQL> = {
	due: sql`${examCandidates.status} = 'due'`,
	exempt: sql`${examCandidates.status} = 'exempt'`,
	waiting: sql`${examCandidates.status} = 'due' and ${examCandidates.outcome} is null and not ${attemptIn(`'open', 'submitted', 'marked', 'released'`)}`,
	open: attemptIn(`'open'`),
	sat: hasSat,
	absent: sql`${examCandidates.outcome} = 'absent'`,
	passed: sql`${examCandidates.outcome} = 'passed'`,
	failed: sql`${examCandidates.outcome} = 'failed'`
};

export type Listing = Filter & {
	/** Whether the actor may see scores and who passed. */
	scores: boolean;
};

/** The candidates of an exam within reach, a page at a time, by name unless told. */
export function listCandidates(
	{ db, actor }: Context,
	examId: string,
	{ scores, q = '', state, unit, paper, sort = 'name', after, before }: Listing,
	pageSize = size
): Promise<Page<CandidateLine>> {
	const hidden = !scores && (state === 'passed' || state === 'failed');
	const order = orders[!scores && sort.endsWith('score') ? 'name' : sort];
	return readPage<CandidateLine & { key: string }>(
		{ after, before },
		{
			size: pageSize,
			keyOf: ({ key, personId }) => [key, personId],
			read: async (turn) => {
				const { where, rest } = turned(order, turn);
				const { rows } = await db.execute<CandidateLine & { key: string }>(sql`
					select (${order.key})::text as key, ${people.id} as "personId", ${people.name}, ${people.staffNumber}::text as "staffNumber", ${units.name} as unit,
						${examCandidates.rank}, ${examCandidates.leadershipLevel} as "leadershipLevel", ${examPapers.name} as paper, ${stateOf(scores)} as state,
						${scores} and ${examCandidates.excellent} as excellent, case when ${scores} then ${examCandidates.score}::float8 end as score,
						${iso(examCandidates.opensAt)} as "opensAt", ${iso(examCandidates.closesAt)} as "closesAt",
						(select ${iso(sql`max(t.submitted_at)`)} from exam_attempts t
							where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId} and t.state <> 'voided') as "submittedAt",
						${examCandidates.extraMinutes} as "extraMinutes", ${examCandidates.pauseMinutes} as "pauseMinutes", ${examCandidates.seat}
					from ${examCandidates} join ${people} on ${people.id} = ${examCandidates.personId}
					join ${units} on ${units.id} = ${examCandidates.unitId} join ${examPapers} on ${examPapers.id} = ${examCandidates.paperId}
					where ${examCandidates.examId} = ${examId} and ${within(actor, 'exam:view', units.path)} and ${where}
						and ${hidden ? sql`false` : state ? conditions[state] : sql`true`}
						and ${q ? isFoundBy(q) : sql`true`}
						and ${unit ? sql`${units.path} <@ (select u.path from units u where u.id = ${unit})` : sql`true`}
						and ${paper ? sql`${examPapers.id} = ${paper}` : sql`true`}
					${rest}`);
				return rows;
			}
		}
	);
}

/** The same list whole, a batch at a time: what exports and printed lists hold. */
export async function* eachCandidate(ctx: Context, examId: string, listing: Listing): AsyncGenerator<CandidateLine> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<CandidateLine> = await listCandidates(ctx, examId, { ...listing, after, before: null }, 500);
		yield* page.rows;
		after = page.next;
	}
}

/** A candidate's standing for the dialogs about them, with the reasons: for those who decide. */
export interface CandidateCase {
	personId: string;
	name: string;
	staffNumber: string;
	status: 'due' | 'exempt';
	exemptBecause: string | null;
	extraMinutes: number;
	pauseMinutes: number;
	accommodatedBecause: string | null;
	begun: boolean;
}

/** What decides about a candidate needs to know; undefined for whoever may not decide. */
export async function findCandidateCase(
	{ db, actor }: Context,
	examId: string,
	personId: string
): Promise<CandidateCase | undefined> {
	const { rows } = await db.execute<CandidateCase & Record<string, unknown>>(sql`
		select ${people.id} as "personId", ${people.name}, ${people.staffNumber}::text as "staffNumber", ${examCandidates.status},
			${examCandidates.exemptBecause} as "exemptBecause", ${examCandidates.extraMinutes} as "extraMinutes",
			${examCandidates.pauseMinutes} as "pauseMinutes", ${examCandidates.accommodatedBecause} as "accommodatedBecause",
			${attemptIn(`'open', 'submitted', 'marked', 'released'`)} as begun
		from ${examCandidates} join ${people} on ${people.id} = ${examCandidates.personId} join ${units} on ${units.id} = ${examCandidates.unitId}
		where ${examCandidates.examId} = ${examId} and ${people.id}::text = ${personId} and ${within(actor, 'exam:edit', units.path)}`);
	return rows[0];
}

/** Units that have candidates within reach, for the filter. */
export async function listCandidateUnits(
	{ db, actor }: Context,
	examId: string
): Promise<{ id: string; name: string }[]> {
	const { rows } = await db.execute<{ id: string; name: string }>(sql`
		select distinct ${units.id}, ${units.name}, ${units.path} from ${examCandidates} join ${units} on ${units.id} = ${examCandidates.unitId}
		where ${examCandidates.examId} = ${examId} and ${within(actor, 'exam:view', units.path)}
		order by ${units.path} limit 300`);
	return rows.map(({ id, name }) => ({ id, name }));
}
