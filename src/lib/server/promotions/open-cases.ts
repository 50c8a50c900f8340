import { sql } from 'drizzle-orm';
import { courseCompletions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { LeadershipLevel } from '#lib/schemas/people.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { newId } from '../platform/ids.ts';
import { oblige } from '../programmes/oblige.ts';
import { deadlineOf, isPromotion } from './promotion-rule.ts';
import { getProgramme } from './programme.ts';

/** Opens a case for everybody whom the posts just recorded make a newly promoted leader: its courses, with one deadline. */
export async function openCases(ctx: Context, { posts }: Facts['posts.recorded']): Promise<void> {
	const risen = posts.filter(isPromotion);
	if (risen.length === 0) return;
	const { months, courseIds } = await getProgramme(ctx);

	const cases = risen.map((post) => ({
		id: newId(),
		personId: post.personId,
		postId: post.postId,
		unitId: post.unitId,
		fromLevel: post.fromLevel as LeadershipLevel | null,
		toLevel: post.toLevel as LeadershipLevel,
		startsOn: post.startsOn,
		dueOn: deadlineOf(post.startsOn, months),
		document: post.document,
		createdAt: ctx.now
	}));
	await ctx.db.insert(promotions).values(cases);
	const required = cases.flatMap(({ id }) => courseIds.map((courseId) => ({ promotionId: id, courseId })));
	if (required.length > 0) await ctx.db.insert(promotionRequirements).values(required);

	const unitOf = await currentUnits(ctx, cases);
	await oblige(
		ctx,
		cases.flatMap(({ id, personId, unitId, dueOn }) =>
			courseIds.map((courseId) => ({
				promotionId: id,
				personId,
				unitId: unitOf.get(personId) ?? unitId,
				courseId,
				dueOn
			}))
		)
	);
	await completeCases(
		ctx,
		cases.map(({ personId }) => personId)
	);
	for (const { id, personId, dueOn } of cases) {
		await record(ctx, 'promotion.recorded', id, { personId, dueOn });
		await notify(ctx, [personId], { kind: 'promotion_opened', occasion: id, href: '/today', values: { dueOn } });
	}
}

/** Where people serve today: a post may begin later, or have been followed by others before it was recorded. */
async function currentUnits({ db }: Context, cases: { personId: string }[]): Promise<Map<string, string | null>> {
	const rows = await db
		.select({ id: people.id, unitId: people.unitId })
		.from(people)
		.where(sql`${people.id} in ${idList(cases.map(({ personId }) => personId))}`);
	return new Map(rows.map(({ id, unitId }) => [id, unitId]));
}

/** Closes the cases of people who have completed everything that their case requires. */
export async function completeCases({ db, now }: Context, personIds: string[]): Promise<void> {
	await db.execute(sql`
		update ${promotions} p set completed_at = ${now}
		where p.person_id in (select value::uuid from json_array_elements_text(${JSON.stringify(personIds)}::json))
			and p.completed_at is null and p.cancelled_at is null
			and exists (select 1 from ${promotionRequirements} r where r.promotion_id = p.id)
			and not exists (
				select 1 from ${promotionRequirements} r
				where r.promotion_id = p.id and not exists (
					select 1 from ${courseCompletions} c where c.person_id = p.person_id and c.course_id = r.course_id))`);
}

/** The same when a course has been completed. */
export const completeOnCourse = (ctx: Context, { personId }: Facts['course.completed']): Promise<void> =>
	completeCases(ctx, [personId]);
