import * as v from 'valibot';
import { peopleQuery } from '#lib/schemas/completion.ts';
import { isId } from '../platform/ids.ts';
import { notFound } from '../platform/errors.ts';
import type { Context } from '../platform/context.ts';
import { getUnit } from '../units/queries.ts';
import type { PeopleFilter } from './list-people.ts';
import { getOverview, listWayDown } from './queries.ts';
import { readPeriod } from './read-overview.ts';

/** Which people the address asks for, and how many there are in each state. @throws not-found unit.not-found */
export async function readPeopleFilter(ctx: Context, unitId: string, url: URL) {
	if (!isId(unitId)) throw notFound('unit');
	const unit = await getUnit(ctx, unitId, 'completion:people');
	const period = await readPeriod(ctx, url);
	const { searchParams } = url;
	const { state, own, q } = v.parse(peopleQuery, {
		year: null,
		course: null,
		state: searchParams.get('state'),
		own: searchParams.get('own') ?? undefined,
		q: searchParams.get('q') ?? ''
	});
	const filter: PeopleFilter = { year: period.year, courseId: period.courseId, state, own, q };
	const overview = await getOverview(ctx, unitId, period);
	const total = own ? (overview.rows.find((row) => row.own) ?? overview.total) : overview.total;
	return {
		unit: { id: unit.id, name: unit.name },
		way: await listWayDown(ctx, unit),
		period,
		filter,
		counts: {
			due: total.due,
			overdue: total.overdue,
			'not-started': total.notStarted,
			'in-progress': total.inProgress,
			completed: total.completed,
			soon: own ? null : overview.soon
		}
	};
}
