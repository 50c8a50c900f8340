import * as v from 'valibot';
import * as schemas from '#lib/schemas/hours.ts';

const sorts = v.fallback(v.picklist(schemas.hoursOrders), 'name');

/** What the address of the list, or of its export, asks for. */
export const readFilter = (query: URLSearchParams) => ({
	filter: v.parse(schemas.hoursFilter, Object.fromEntries(query)),
	sort: v.parse(sorts, query.get('sort'))
});
