import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { type exams } from '#db/schema/exams.ts';
import { posts } from '#db/schema/people.ts';
import { promotionCourses, promotionRequirements, promotions } from '#db/schema/promotions.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { oblige } from '#lib/server/programmes/oblige.ts';
import type { Course } from './courses.ts';
import { anExam, aPaper } from './exams.ts';
import { aPerson, type Person } from './people.ts';
import type { Unit } from './units.ts';

export type Promotion = typeof promotions.$inferSelect;

/** The newly promoted leaders' programme: these courses, a year long. */
export async function aProgramme({ db }: Context, ...courses: Course[]): Promise<void> {
	await db.insert(promotionCourses).values(courses.map(({ id }) => ({ courseId: id })));
}

type Values = Partial<typeof promotions.$inferInsert> & { person?: Person; unit?: Unit; courses?: Course[] };

/** A case of somebody promoted to deputy head of a section, with the duties that it brings. The former post stays as it is. */
export async function aPromotion(
	ctx: Context,
	{ person, unit, courses = [], ...values }: Values = {}
): Promise<Promotion> {
	const holder = person ?? (await aPerson(ctx, { unit }));
	const unitId = holder.unitId!;
	const [id, postId] = [newId(), newId()];
	const startsOn = values.startsOn ?? '2026-03-01';
	await ctx.db.insert(posts).values({
		id: postId,
		personId: holder.id,
		unitId,
		title: '副科长',
		leadershipLevel: 'section-deputy',
		kind: 'promotion',
		primary: false, // beside the post that the factory of people made
		startsOn,
		createdAt: ctx.now
	});
	const [promotion] = await ctx.db
		.insert(promotions)
		.values({
			id,
			personId: holder.id,
			postId,
			unitId,
			toLevel: 'section-deputy',
			startsOn,
			dueOn: '2027-03-01',
			createdAt: ctx.now,
			...values
		})
		.returning();
	if (courses.length > 0) {
		await ctx.db.insert(promotionRequirements).values(
			courses.map((course, index) => ({
				position: index + 1,
				promotionId: id,
				courseId: course.id,
				dueOn: promotion!.dueOn
			}))
		);
		await oblige(
			ctx,
			courses.map((course) => ({
				promotionId: id,
				personId: holder.id,
				unitId,
				courseId: course.id,
				dueOn: promotion!.dueOn
			}))
		);
	}
	return promotion!;
}

type Result = {
	person: Person;
	purpose?: typeof exams.$inferInsert.purpose;
	outcome: 'passed' | 'failed' | 'absent';
	score?: number;
	makeUpOf?: string;
};

/** An exam as its results were released, with one candidate; a make-up where it says of which. Told to whoever hears of results. @returns its id */
export async function anExamResult(
	ctx: Context,
	{ person, purpose = 'post-appointment', outcome, score, makeUpOf }: Result
): Promise<string> {
	const at = new Date(ctx.now.getTime() - (makeUpOf ? 1 : 2) * 86_400_000);
	const window = { opensAt: new Date(at.getTime() - 3_600_000), closesAt: at };
	const exam = await anExam(ctx, {
		...{ ...window, purpose, title: '任职考试', state: 'released', publishedAt: window.opensAt, releasedAt: ctx.now },
		...(makeUpOf ? { kind: 'make-up' as const, makeUpOfId: makeUpOf } : {})
	});
	const paperId = await aPaper(ctx, exam);
	const ids = { examId: exam.id, personId: person.id, paperId };
	await ctx.db.insert(examCandidates).values({ ...ids, ...window, outcome, score: score ?? null });
	if (outcome !== 'absent')
		await ctx.db.insert(examAttempts).values({
			...{ ...ids, id: newId(), number: 1, state: 'released', total: 100, score: score ?? 0 },
			...{ startedAt: window.opensAt, deadlineAt: at, submittedAt: at, submittedBy: 'person' },
			...{ markedAt: at, releasedAt: ctx.now }
		});
	await announce(ctx, 'exam.settled', { examId: exam.id, personIds: [person.id] });
	return exam.id;
}
