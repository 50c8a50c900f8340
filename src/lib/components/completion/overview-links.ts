type Looked = { year: number; courseId: string | null };
type Narrowed = { state?: string; own?: boolean };

/** Addresses within the overview, each with the year and course that are looked at. */
export function overviewLinks({ year, courseId }: Looked) {
	const at = (path: string, more: Record<string, string | undefined> = {}): string => {
		const query = new URLSearchParams({ year: String(year) });
		for (const [name, value] of Object.entries({ course: courseId ?? undefined, ...more }))
			if (value) query.set(name, value);
		return `${path}?${query}`;
	};
	return {
		unit: (id: string) => at(`/overview/${id}`),
		people: (id: string, { state, own }: Narrowed = {}) =>
			at(`/overview/${id}/people`, { state, own: own ? 'on' : undefined })
	};
}
