import { and, between, eq, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { obligations } from '#db/schema/programmes.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context } from '../platform/context.ts';
import { addDays, dateOf } from '../platform/dates.ts';
import { isLive } from './obligation-state.ts';

const daysBefore = 7;

/**
 * Tells people once of what is due within the next 7 days and still open. Runs every day; who was told stays told, also
 * when a day was missed. @returns how many duties are due soon
 */
export function remindOfDue(ctx: Context): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const today = dateOf(ctx.now);
		const due = await ctx.db
			.select({
				id: obligations.id,
				personId: obligations.personId,
				dueOn: obligations.dueOn,
				slug: courses.slug,
				title: courseVersions.title
			})
			.from(obligations)
			.innerJoin(courses, eq(courses.id, obligations.courseId))
			.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
			.where(and(isLive(sql`${obligations}`), between(obligations.dueOn, today, addDays(today, daysBefore))));

		const occasions = Map.groupBy(due, ({ slug, dueOn }) => `${slug} ${dueOn}`);
		for (const [occasion, rows] of occasions) {
			const [first] = rows;
			if (!first) continue;
			const { slug, title, dueOn } = first;
			await notify(
				ctx,
				rows.map(({ personId }) => personId),
				{ kind: 'due_soon', occasion, href: `/courses/${slug}`, values: { title, dueOn } }
			);
		}
		return due.length;
	});
}
