import * as v from 'valibot';
import { peopleQuery } from '#lib/schemas/completion.ts';
import type { Context } from '../platform/context.ts';
import type { PeopleFilter } from './list-people.ts';
import { getOverviewFrame } from './overview-frame.ts';
import { overviewOf } from './queries.ts';
import { readPeriod } from './read-overview.ts';

/** Which people the address asks for, and how many there are in each state. @throws not-found unit.not-found */
export async function readPeopleFilter(ctx: Context, unitId: string, url: URL) {
	const frame = await getOverviewFrame(ctx, { unitId }, 'completion:people');
	const { unit, way } = frame;
	const period = readPeriod(ctx, frame, url);
	const { searchParams } = url;
	const { state, own, q } = v.parse(peopleQuery, {
		year: null,
		course: null,
		state: searchParams.get('state'),
		own: searchParams.get('own') ?? undefined,
		q: searchParams.get('q') ?? ''
	});
	const filter: PeopleFilter = { year: period.year, courseId: period.courseId, state, own, q };
	const overview = await overviewOf(ctx, unit, period);
	const total = own ? (overview.rows.find((row) => row.own) ?? overview.total) : overview.total;
	return {
		unit: { id: unit.id, name: unit.name, path: unit.path },
		way: way.map(({ id, name }) => ({ id, name })),
		period,
		filter,
		counts: {
			due: total.due,
			overdue: total.overdue,
			'not-started': total.notStarted,
			'in-progress': total.inProgress,
			completed: total.completed,
			exempt: total.exempt,
			soon: own ? null : overview.soon
		}
	};
}
