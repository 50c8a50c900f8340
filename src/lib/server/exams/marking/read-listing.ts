import type { Listing } from '../list-candidates.ts';

const sorts = ['name', 'score', '-score'] as const;

/** Which results an address asks for, and in which order: the page and its workbook read it alike. */
export function readListing(query: URLSearchParams, scores: boolean): Omit<Listing, 'after' | 'before'> {
	return {
		scores,
		q: query.get('q')?.trim() ?? '',
		sort: sorts.find((sort) => sort === query.get('sort')) ?? 'name'
	};
}
