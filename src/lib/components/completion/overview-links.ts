type Looked = { year: number; courseId: string | null };
type Narrowed = { state?: string; own?: boolean };

/** Addresses within the overview, each with the year and course that are looked at. */
export function overviewLinks({ year, courseId }: Looked) {
	const period = new URLSearchParams({ year: String(year), ...(courseId ? { course: courseId } : {}) }).toString();
	return {
		unit: (id: string) => `/overview/${id}?${period}`,
		people: (id: string, { state, own }: Narrowed = {}) =>
			`/overview/${id}/people?${period}${state ? `&state=${state}` : ''}${own ? '&own=on' : ''}`
	};
}
