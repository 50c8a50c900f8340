import * as v from 'valibot';
import type { BulkList } from '#lib/schemas/bulk.ts';
import { participantList, trainingList } from '#lib/schemas/events.ts';
import { candidateList } from '#lib/schemas/exam-candidates.ts';
import { peopleFilter } from '#lib/schemas/people.ts';
import { listing } from '#lib/schemas/programmes.ts';
import { dutyList } from '#lib/schemas/requirements.ts';
import { listParticipants } from '../events/list-participants.ts';
import { listTrainings } from '../events/list-trainings.ts';
import { getEvent } from '../events/queries.ts';
import { eachCandidate } from '../exams/list-candidates.ts';
import { readExam } from '../exams/read-exam.ts';
import { seesScores } from '../exams/sees-scores.ts';
import { eachThousand } from '../people/list-people.ts';
import type { SignedIn } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import type { Page } from '../platform/keyset.ts';
import { getAssignment } from '../programmes/assignment-queries.ts';
import { eachObligation } from '../programmes/obligation-queries.ts';
import { getStandingAssignment } from '../programmes/requirements/assignments.ts';
import { eachDuty } from '../programmes/requirements/list-duties.ts';
import { eachCase } from '../promotions/queries.ts';
import { readCaseFilter } from '../promotions/read-cases.ts';
import type { Row } from './handler.ts';

type Source = (ctx: SignedIn, query: URLSearchParams, of: string) => AsyncIterable<Row>;

/** The rows of each list by its own filter: whatever the page shows, an act concerns. */
const sources: Record<BulkList, Source> = {
	async *people(ctx, query) {
		const ids = query.getAll('id').filter(isId);
		const filter = { ...v.parse(peopleFilter, Object.fromEntries(query)), ...(ids.length > 0 && { ids }) };
		for await (const page of eachThousand(ctx, filter)) for (const { id } of page) yield { targetId: id, personId: id };
	},
	async *assignment(ctx, query, of) {
		const { id } = await getAssignment(ctx, of);
		const lines = eachObligation(ctx, id, v.parse(listing, Object.fromEntries(query)));
		for await (const { id, personId } of lines) yield { targetId: id, personId };
	},
	async *programme(ctx, query, of) {
		const { id } = await getStandingAssignment(ctx, of);
		const { after: _, before: __, ...duties } = v.parse(dutyList, Object.fromEntries(query));
		for await (const line of eachDuty(ctx, id, duties)) yield { targetId: line.id, personId: line.personId };
	},
	async *candidates(ctx, query, of) {
		const view = await readExam(ctx, of);
		const filter = { ...v.parse(candidateList, Object.fromEntries(query)), scores: seesScores(view) };
		for await (const { personId } of eachCandidate(ctx, of, filter)) yield { targetId: personId, personId };
	},
	async *participants(ctx, query, of) {
		const { id: eventId } = await getEvent(ctx, of);
		const filter = v.parse(participantList, Object.fromEntries(query));
		const page = (after: string | null) => listParticipants(ctx, eventId, { ...filter, after, before: null });
		for await (const { id } of everyPage(page)) yield { targetId: id, personId: id };
	},
	async *promotions(ctx, query) {
		const { filter, view } = await readCaseFilter(ctx, new URL(`http://list/?${query}`));
		for await (const { id, personId } of eachCase(ctx, filter, view)) yield { targetId: id, personId };
	},
	async *trainings(ctx, query) {
		const filter = v.parse(trainingList, Object.fromEntries(query));
		const page = (after: string | null) => listTrainings(ctx, { ...filter, after, before: null });
		for await (const { id, personId } of everyPage(page)) yield { targetId: id, personId };
	}
};

async function* everyPage<Line>(read: (after: string | null) => Promise<Page<Line>>): AsyncGenerator<Line> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<Line> = await read(after);
		yield* page.rows;
		after = page.next;
	}
}

/**
 * Everybody on a list as it is narrowed, or those of them who were picked by hand (`id`). `of` names what it is a list of.
 * @throws what the list itself throws: not-found, forbidden
 */
export async function* targetsOf(ctx: SignedIn, list: BulkList, filter: string): AsyncGenerator<Row> {
	const query = new URLSearchParams(filter);
	for (const name of ['after', 'before']) query.delete(name);
	const picked = new Set(query.getAll('id'));
	for await (const row of sources[list](ctx, query, query.get('of') ?? ''))
		if (picked.size === 0 || picked.has(row.targetId)) yield row;
}
