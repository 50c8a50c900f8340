import { type SQL, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import { isFoundBy } from '../../people/name-search.ts';
import type { SignedIn } from '../../platform/context.ts';
import { iso } from '../../platform/iso.ts';
import { type Order, type Page, readPage, turned } from '../../platform/keyset.ts';

/** A candidate whose printed paper may have been handed in. */
export type PaperLine = {
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	seat: string | null;
	state: 'waiting' | 'entered' | 'being-sat' | 'sat-online';
	enteredBy: string | null;
	enteredAt: string | null;
	/** How often it was entered: more than once after a correction. */
	entries: number;
};

export interface PaperCounts {
	due: number;
	entered: number;
	online: number;
	waiting: number;
}

/** SQL: everybody due to sit within reach, each with the newest attempt and the newest entry of it; not the reader's own. */
const papers = ({ actor }: SignedIn, examId: string): SQL => sql`
	select ${people.id} as "personId", ${people.name} as name, ${people.staffNumber}::text as "staffNumber",
		${units.name} as unit, ${examCandidates.seat} as seat, entry.by as "enteredBy", ${iso(sql`entry.entered_at`)} as "enteredAt",
		coalesce(entry.number, 0)::int as entries,
		case when t.state is null or t.state in ('prepared', 'voided') then 'waiting' when t.state = 'open' then 'being-sat'
			when entry.number is null then 'sat-online' else 'entered' end as state
	from ${examCandidates} join ${people} on ${people.id} = ${examCandidates.personId}
	join ${units} on ${units.id} = ${examCandidates.unitId}
	left join lateral (
		select id, state from exam_attempts where exam_id = ${examCandidates.examId} and person_id = ${examCandidates.personId}
		order by number desc limit 1) t on true
	left join lateral (
		select e.number, e.entered_at, p.name as by from exam_paper_entries e join people p on p.id = e.entered_by
		where e.attempt_id = t.id order by e.number desc limit 1) entry on true
	where ${examCandidates.examId} = ${examId} and ${examCandidates.status} = 'due'
		and ${examCandidates.personId} <> ${actor.personId} and ${within(actor, 'exam:mark', units.path)}`;

const bySeat: Order = {
	key: sql`(lpad(length(coalesce(seat, ''))::text, 3, '0') || coalesce(seat, '') || ' ' || "staffNumber")`,
	id: sql`"personId"`,
	type: 'text'
};

/** Printed papers of an exam by seat, a page at a time. */
export function listPrintedPapers(
	ctx: SignedIn,
	examId: string,
	{ q, state, after, before }: { q?: string; state?: string; after?: string | null; before?: string | null }
): Promise<Page<PaperLine>> {
	return readPage<PaperLine & { key: string }>(
		{ after, before },
		{
			size: 50,
			keyOf: ({ key, personId }) => [key, personId],
			read: async (turn) => {
				const { where, rest } = turned(bySeat, turn);
				const found = sql`${papers(ctx, examId)} and ${q ? isFoundBy(q) : sql`true`}`;
				const { rows } = await ctx.db.execute<PaperLine & { key: string }>(sql`
					select ${bySeat.key} as key, papers.* from (${found}) papers
					where ${state ? sql`state = ${state}` : sql`true`} and ${where} ${rest}`);
				return rows;
			}
		}
	);
}

/** How far the entering has come. */
export async function countPrintedPapers(ctx: SignedIn, examId: string): Promise<PaperCounts> {
	const { rows } = await ctx.db.execute<PaperCounts & Record<string, unknown>>(sql`
		select count(*)::int as due, (count(*) filter (where state = 'entered'))::int as entered,
			(count(*) filter (where state in ('being-sat', 'sat-online')))::int as online,
			(count(*) filter (where state = 'waiting'))::int as waiting
		from (${papers(ctx, examId)}) papers`);
	return rows[0]!;
}

/** The next paper by seat that waits to be entered, after somebody's. */
export async function nextPrintedPaper(ctx: SignedIn, examId: string, personId: string): Promise<string | null> {
	const { rows } = await ctx.db.execute<{ personId: string }>(sql`
		with papers as materialized (select ${bySeat.key} as key, papers.* from (${papers(ctx, examId)}) papers)
		select "personId" from papers where state = 'waiting' and "personId" <> ${personId}
		order by key <= coalesce((select key from papers where "personId" = ${personId}), ''), key limit 1`);
	return rows[0]?.personId ?? null;
}

/** Everybody whose paper waits to be entered, by seat. */
export async function* eachWaiting(ctx: SignedIn, examId: string): AsyncGenerator<PaperLine> {
	let after: string | null = null;
	do {
		const page: Page<PaperLine> = await listPrintedPapers(ctx, examId, { state: 'waiting', after });
		yield* page.rows;
		after = page.next;
	} while (after);
}

/** Questions of the longest paper of an exam. */
export async function countSlots({ db }: SignedIn, examId: string): Promise<number> {
	const { rows } = await db.execute<{ slots: number }>(sql`
		select coalesce(max(a.slot), 0)::int as slots from exam_answers a join exam_attempts t on t.id = a.attempt_id
		where t.exam_id = ${examId}`);
	return rows[0]!.slots;
}
