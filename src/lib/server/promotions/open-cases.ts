import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { LeadershipLevel } from '#lib/schemas/people.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';
import { newId } from '../platform/ids.ts';
import { oblige, obligeRequirements } from '../programmes/oblige.ts';
import { settle } from '../programmes/requirements/settle.ts';
import { deadlineOf, isPromotion } from './promotion-rule.ts';
import { getProgramme } from './programme.ts';
import { settleCases } from './settle-cases.ts';

export type Risen = Facts['posts.recorded']['posts'][number];

/** Opens a case for everybody whom the posts just recorded make a newly promoted leader. */
export async function openCases(ctx: Context, { posts }: Facts['posts.recorded']): Promise<void> {
	await openCasesOf(ctx, posts.filter(isPromotion));
}

/**
 * Opens a case for each of these posts: everything that the programme asks for now, each with its deadline by rule. What somebody
 * has done already counts at once. The caller knows that they are promotions, and that none of them has a case.
 */
export async function openCasesOf(ctx: Context, risen: Risen[]): Promise<void> {
	if (risen.length === 0) return;
	const { months, items } = await getProgramme(ctx);
	const cases = risen.map((post) => {
		const wanted = items.map((item, index) => ({
			...item,
			position: index + 1,
			dueOn: deadlineOf(item.due, post.startsOn, months)
		}));
		const first = wanted.map(({ dueOn }) => dueOn).sort()[0];
		const dueOn = first ?? deadlineOf({ kind: 'after', event: 'promotion', months }, post.startsOn, months);
		return { post, wanted, id: newId(), dueOn };
	});

	await ctx.db.insert(promotions).values(
		cases.map(({ id, dueOn, post: { personId, postId, unitId, fromLevel, toLevel, startsOn, document } }) => ({
			...{ id, dueOn, personId, postId, unitId, startsOn, document },
			fromLevel: fromLevel as LeadershipLevel | null,
			toLevel: toLevel as LeadershipLevel,
			createdAt: ctx.now
		}))
	);
	const required = cases.flatMap(({ id, wanted }) =>
		wanted.map(({ position, courseId, requirementId, dueOn }) => ({
			...{ id: newId(), promotionId: id, position, courseId, requirementId, dueOn }
		}))
	);
	if (required.length > 0) await ctx.db.insert(promotionRequirements).values(required);
	await makeDuties(ctx, cases);

	const personIds = [...new Set(risen.map(({ personId }) => personId))];
	await settle(ctx, personIds);
	await settleCases(ctx, personIds);
	for (const { id, dueOn, post } of cases) {
		await record(ctx, 'promotion.recorded', id, { personId: post.personId, dueOn });
		await notify(ctx, [post.personId], {
			...{ kind: 'promotion_opened', occasion: id, href: '/today', values: { dueOn } }
		});
	}
}

type Case = {
	id: string;
	post: Risen;
	wanted: (Awaited<ReturnType<typeof getProgramme>>['items'][number] & { dueOn: string })[];
};

async function makeDuties(ctx: Context, cases: Case[]): Promise<void> {
	const today = dateOf(ctx.now);
	const unitOf = await currentUnits(
		ctx,
		cases.map(({ post }) => post.personId)
	);
	const duties = cases.flatMap(({ id, post: { personId, unitId, startsOn }, wanted }) =>
		wanted.map(({ kind, courseId, requirementId, dueOn }) => ({
			...{ promotionId: id, personId, unitId: unitOf.get(personId) ?? unitId },
			...{ kind, courseId, requirementId, dueOn },
			opensOn: [today, startsOn, dueOn].sort()[0]!
		}))
	);
	await oblige(
		ctx,
		duties.flatMap(({ promotionId, personId, unitId, courseId, dueOn }) =>
			courseId ? [{ promotionId, personId, unitId, courseId, dueOn }] : []
		)
	);
	await obligeRequirements(
		ctx,
		duties.flatMap(({ courseId: _, requirementId, ...duty }) => (requirementId ? [{ ...duty, requirementId }] : []))
	);
}

/** Where people serve today: a post may begin later, or have been followed by others before it was recorded. */
async function currentUnits({ db }: Context, personIds: string[]): Promise<Map<string, string | null>> {
	const rows = await db
		.select({ id: people.id, unitId: people.unitId })
		.from(people)
		.where(sql`${people.id} in ${idList(personIds)}`);
	return new Map(rows.map(({ id, unitId }) => [id, unitId]));
}
