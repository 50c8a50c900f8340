import * as v from 'valibot';
import { overviewQuery } from '#lib/schemas/completion.ts';
import { can } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { countUrgentCases } from '../promotions/queries.ts';
import { expectedRate, findingOf } from './finding.ts';
import { getOverviewFrame, type OverviewFrame, type Which } from './overview-frame.ts';
import { overviewOf, rateOf } from './queries.ts';
import { sortRows } from './sort-rows.ts';

/** Which year and course the address asks for, of those there are. Without a year, this one. */
export function readPeriod({ now }: Context, { years, courses, asOf }: OverviewFrame, { searchParams }: URL) {
	const asked = v.parse(overviewQuery, { year: searchParams.get('year'), course: searchParams.get('course') });
	const course = courses.find(({ id }) => id === asked.course) ?? null;
	return { year: asked.year ?? yearOf(now), courseId: course?.id ?? null, course, years, courses, asOf };
}

/** Everything that the overview of a unit shows, as its address asks for it. @throws not-found unit.not-found */
export async function readOverview(ctx: Context, which: Which, url: URL) {
	const frame = await getOverviewFrame(ctx, which);
	const { unit, way } = frame;
	const period = readPeriod(ctx, frame, url);
	const [{ rows, total, soon, oldestDueOn }, promotions] = await Promise.all([
		overviewOf(ctx, unit, period),
		can(ctx.actor, 'promotion:view', unit.path) ? countUrgentCases(ctx, unit.path) : null
	]);
	const listed = rows.filter(({ own, due, exempt }) => !own || due + exempt > 0 || rows.length === 1);

	return {
		unit: { id: unit.id, name: unit.name },
		way: way.map(({ id, name }) => ({ id, name })),
		period,
		total,
		soon,
		oldestDueOn,
		expectedRate,
		finding: findingOf({ rows, total }),
		rate: rateOf(total) ?? null,
		rows: sortRows(listed, url.searchParams.get('sort')),
		seesPeople: can(ctx.actor, 'completion:people', unit.path),
		promotions
	};
}

export type OverviewPage = Awaited<ReturnType<typeof readOverview>>;
