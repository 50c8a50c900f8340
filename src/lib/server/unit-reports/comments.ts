import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { reportComments } from '#db/schema/unit-reports.ts';
import type * as schemas from '#lib/schemas/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getReport } from './report-queries.ts';
import { demandSection } from './save-section.ts';

/** What authors and those above have said about a report, oldest first. */
export const listComments = ({ db }: Context, reportId: string) =>
	db
		.select({
			id: reportComments.id,
			section: reportComments.section,
			text: reportComments.text,
			by: people.name,
			at: reportComments.writtenAt,
			settledAt: reportComments.settledAt,
			settledBy: sql<string | null>`(select p.name from people p where p.id = ${reportComments.settledBy})`
		})
		.from(reportComments)
		.innerJoin(people, eq(people.id, reportComments.writtenBy))
		.where(eq(reportComments.reportId, reportId))
		.orderBy(asc(reportComments.writtenAt), asc(reportComments.id));

export type Comment = Awaited<ReturnType<typeof listComments>>[number];

/** Says something about a section, or about the whole; authors, the head and those above may. @throws not-found report.not-found | section.not-found */
export function addComment(ctx: SignedIn, input: v.InferOutput<typeof schemas.addComment>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { reportId, section, text } = input;
		const report = await getCommentable(ctx, reportId);
		if (section) await demandSection(ctx, report, section);
		const id = newId();
		await ctx.db
			.insert(reportComments)
			.values({ id, reportId, section, text, writtenBy: ctx.actor.personId, writtenAt: ctx.now });
		await record(ctx, 'report.commented', reportId, { commentId: id });
	});
}

/** Notes that what a comment asks for has been dealt with. @throws not-found report.not-found | comment.not-found */
export function settleComment(
	ctx: SignedIn,
	{ reportId, commentId }: v.InferOutput<typeof schemas.settleComment>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await getCommentable(ctx, reportId);
		const settled = await ctx.db
			.update(reportComments)
			.set({ settledBy: ctx.actor.personId, settledAt: ctx.now })
			.where(
				and(eq(reportComments.reportId, reportId), eq(reportComments.id, commentId), isNull(reportComments.settledAt))
			)
			.returning({ id: reportComments.id });
		if (settled.length === 0) throw notFound('comment');
		await record(ctx, 'report.comment-settled', reportId, { commentId });
	});
}

async function getCommentable(ctx: SignedIn, reportId: string) {
	const report = await getReport(ctx, reportId);
	if (!report.may.comment) throw notFound('report');
	return report;
}
