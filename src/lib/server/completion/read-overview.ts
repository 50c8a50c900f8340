import * as v from 'valibot';
import { overviewQuery } from '#lib/schemas/completion.ts';
import { can } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { countCases } from '../promotions/queries.ts';
import { expectedRate, findingOf } from './finding.ts';
import { getCoverage, getOverview, listCourseChoices, listWayDown, rateOf } from './queries.ts';
import { sortRows } from './sort-rows.ts';

/** Which year and course the address asks for, and between which it can choose. Without a year, this one. */
export async function readPeriod(ctx: Context, { searchParams }: URL) {
	const asked = v.parse(overviewQuery, { year: searchParams.get('year'), course: searchParams.get('course') });
	const { years, asOf } = await getCoverage(ctx);
	const courses = await listCourseChoices(ctx);
	const course = courses.find(({ id }) => id === asked.course) ?? null;
	return { year: asked.year ?? yearOf(ctx.now), courseId: course?.id ?? null, course, years, courses, asOf };
}

/** Everything that the overview of a unit shows, as its address asks for it. @throws not-found unit.not-found */
export async function readOverview(ctx: Context, unitId: string, url: URL) {
	if (!isId(unitId)) throw notFound('unit');
	const period = await readPeriod(ctx, url);
	const { unit, rows, ...figures } = await getOverview(ctx, unitId, period);
	const listed = rows.filter(({ own, due }) => !own || due > 0 || rows.length === 1);
	const seesPromotions = can(ctx.actor, 'promotion:view', unit.path);

	return {
		unit: { id: unit.id, name: unit.name },
		way: await listWayDown(ctx, unit),
		period,
		...figures,
		expectedRate,
		finding: findingOf({ rows, total: figures.total }),
		rate: rateOf(figures.total) ?? null,
		rows: sortRows(listed, url.searchParams.get('sort')),
		seesPeople: can(ctx.actor, 'completion:people', unit.path),
		promotions: seesPromotions ? await countCases(ctx, { unitPath: unit.path }) : null
	};
}

export type OverviewPage = Awaited<ReturnType<typeof readOverview>>;
