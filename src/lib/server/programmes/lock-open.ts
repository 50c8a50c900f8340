import { and, eq, ne, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import { can, demandNotOwn, within } from '../access/scope.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { idList } from '../platform/id-list.ts';
import { type Listing, listed } from './listed.ts';
import { isLive } from './obligation-state.ts';

/** Obligations picked one by one, or everything listed under a filter. */
export type Chosen = Listing & { assignmentId: string; obligationIds: string[]; listed: boolean };

/** Whether a change is for everybody whom the assignment reaches: listed, and the list not narrowed. */
export const isWhole = ({ listed, state, q, unit }: Chosen): boolean => listed && !state && !q && !unit;

type Reach = 'own' | 'also-from-above';

/**
 * An assignment with its row taken. Changing it is for those who may assign where it was made; reminding (`also-from-above`)
 * for whoever has people in it. @throws not-found assignment
 */
export async function lockAssignment(ctx: Context, id: string, reach: Reach = 'own') {
	const [found] = await ctx.db
		.select({
			id: assignments.id,
			courseId: assignments.courseId,
			path: units.path,
			slug: courses.slug,
			title: courseVersions.title
		})
		.from(assignments)
		.innerJoin(units, eq(units.id, assignments.unitId))
		.innerJoin(courses, eq(courses.id, assignments.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(eq(assignments.id, id))
		.for('update', { of: assignments });
	if (!found) throw notFound('assignment');
	if (!can(ctx.actor, 'training:assign', found.path) && !(reach === 'also-from-above' && (await hasPeopleIn(ctx, id))))
		throw notFound('assignment');
	return found;
}

async function hasPeopleIn({ db, actor }: Context, assignmentId: string): Promise<boolean> {
	const [one] = await db
		.select({ id: obligations.id })
		.from(obligations)
		.innerJoin(units, eq(units.id, obligations.unitId))
		.where(and(eq(obligations.assignmentId, assignmentId), within(actor, 'training:assign', units.path)))
		.limit(1);
	return one !== undefined;
}

/**
 * The open obligations that a change is for, within the actor's reach, with their rows taken. One's own is refused when
 * picked, and passed over in a list. @throws conflict assignment.nothing-open, forbidden access.own-case
 */
export async function lockOpen(ctx: SignedIn, { assignmentId, obligationIds, listed: all, ...listing }: Chosen) {
	const open = await ctx.db
		.select({
			id: obligations.id,
			personId: obligations.personId,
			unitId: obligations.unitId,
			dueOn: obligations.dueOn
		})
		.from(obligations)
		.innerJoin(units, eq(units.id, obligations.unitId))
		.innerJoin(people, eq(people.id, obligations.personId))
		.where(
			and(
				eq(obligations.assignmentId, assignmentId),
				isLive(sql`${obligations}`),
				within(ctx.actor, 'training:assign', units.path),
				all
					? and(ne(obligations.personId, ctx.actor.personId), listed(ctx, listing))
					: sql`${obligations.id} in ${idList(obligationIds)}`
			)
		)
		.orderBy(sql`${obligations.id}`)
		.for('update', { of: obligations });
	for (const { personId } of open) demandNotOwn(ctx, personId);
	if (open.length === 0) throw conflict('assignment.nothing-open');
	return open;
}

/** What people are told of an assignment: its course and their date. */
export const noticeOf = ({ slug, title }: { slug: string; title: unknown }, dueOn: string) => ({
	href: `/courses/${slug}`,
	values: { title, dueOn }
});
