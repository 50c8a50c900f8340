import { m } from '#lib/paraglide/messages.js';

const words = {
	person: m.sitting_by_person,
	deadline: m.sitting_by_deadline,
	examiner: m.sitting_by_examiner
};

/** Who handed a paper in. */
export const handedInBy = (by: keyof typeof words | null): string => (by ? words[by]() : '');
