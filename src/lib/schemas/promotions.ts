import * as v from 'valibot';
import { date, id, ids, text, wholeNumber } from './fields.ts';
import { leadershipLevels } from './people.ts';

export const setProgramme = v.object({ months: wholeNumber(1, 36), courseIds: ids });

export const cancelCase = v.object({ promotionId: id, because: text(300) });

/** What the tracker can show: `open` is what is overdue, due within 90 days or later. */
export const caseViews = ['open', 'overdue', 'soon', 'completed', 'ended'] as const;

export type CaseView = (typeof caseViews)[number];

/** What the address of the tracker may ask for; what does not read is as if it were not there. */
export const caseQuery = v.object({
	view: v.fallback(v.picklist(caseViews), 'open'),
	from: v.fallback(v.nullable(date), null),
	to: v.fallback(v.nullable(date), null),
	unit: v.fallback(v.nullable(id), null),
	level: v.fallback(v.nullable(v.picklist(leadershipLevels)), null),
	q: v.fallback(
		v.pipe(
			v.string(),
			v.trim(),
			v.transform((typed) => typed.slice(0, 60))
		),
		''
	)
});
