const order = new Set(['sort', 'after', 'before']);

/** Whether a list is narrowed by anything; how it is sorted and which page of it is shown do not count. */
export const isNarrowed = (filter: object): boolean =>
	Object.entries(filter).some(
		([name, value]) => !order.has(name) && value !== undefined && value !== null && value !== ''
	);
