import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { listOwnResults } from '../assessments/queries.ts';
import { listCertificatesOf } from '../certificates/queries.ts';
import { listOwnTrainings } from '../events/list-trainings.ts';
import { listJudgedYears } from '../hours/read-ledger.ts';
import { listPosts } from '../people/posts-of.ts';
import { getPerson } from '../people/queries.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { yearOf } from '../platform/dates.ts';
import { listOwnExemptions } from '../programmes/exemptions/queries.ts';
import { judgedCase } from '../promotions/judged-case.ts';
import { listCasesOf } from '../promotions/queries.ts';
import { listExams } from './exams.ts';
import { noteLook } from './looks.ts';
import { byCourse, listCourses, listEvents, listLessons } from './study.ts';

/** The actor's own law-study record: all years, as far as the policies of exams let them see. */
export async function readOwnRecord(ctx: SignedIn) {
	const { personId } = ctx.actor;
	const [posts, courses, lessons, exams, events, trainings] = await Promise.all([
		listPosts(ctx, personId),
		listCourses(ctx, personId),
		listLessons(ctx, personId),
		listExams(ctx),
		listEvents(ctx, personId),
		listOwnTrainings(ctx)
	]);
	const [years, cases, results, exemptions, certificates] = await Promise.all([
		listJudgedYears(ctx, personId),
		listCasesOf(ctx, personId),
		listOwnResults(ctx),
		listOwnExemptions(ctx),
		listCertificatesOf(ctx, personId)
	]);
	return {
		year: yearOf(ctx.now),
		person: await readPerson(ctx, personId),
		posts,
		courses,
		lessons: byCourse(lessons),
		exams,
		events,
		trainings: trainings.map(({ training, file }) => ({ ...training, file })),
		years,
		cases: cases.map((each) => judgedCase(ctx, each)),
		results,
		exemptions: exemptions.filter((each) => each.personId === personId),
		certificates
	};
}

export type StudyRecord = Awaited<ReturnType<typeof readOwnRecord>>;

/**
 * The record of somebody within reach, as they see it themselves, but for why they were exempt. That the actor looked is noted
 * and shown to its owner. @throws not-found person.not-found
 */
export async function readRecordOf(ctx: SignedIn, personId: string): Promise<StudyRecord> {
	if (!isId(personId)) throw notFound('person');
	const { id, unitPath } = await getPerson(ctx, personId, 'record:view');
	await noteLook(ctx, id);
	const owner: SignedIn = { ...ctx, actor: { personId: id, unitPath, grants: [] } };
	const record = await readOwnRecord(owner);
	return {
		...record,
		exemptions: record.exemptions
			.filter(({ state }) => state === 'approved' || state === 'ended')
			.map((each) => ({ ...each, ground: 'other', reason: '', proof: null, decidedBecause: null, endedBecause: null }))
	};
}

async function readPerson({ db }: Context, personId: string) {
	const [found] = await db
		.select({
			id: people.id,
			name: people.name,
			staffNumber: people.staffNumber,
			title: people.title,
			unit: units.name,
			joinedOn: people.joinedOn
		})
		.from(people)
		.leftJoin(units, eq(units.id, people.unitId))
		.where(eq(people.id, personId));
	if (!found) throw notFound('person');
	return found;
}
