import * as v from 'valibot';
import { checkbox, date, id, ids, text } from './fields.ts';

export const obligationStates = ['not-started', 'in-progress', 'completed', 'overdue', 'withdrawn'] as const;

/** Whom an assignment names: people one by one, units with or without what stands below them. */
export const audience = v.object({ personIds: ids, unitIds: ids, subtree: checkbox });

export const assign = v.pipe(
	v.object({ courseId: id, dueOn: date, reason: text(300), ...audience.entries }),
	v.forward(
		v.check(({ personIds, unitIds }) => personIds.length + unitIds.length > 0, 'field.nobody-chosen'),
		['personIds']
	)
);

export const extend = v.object({ assignmentId: id, dueOn: date, obligationIds: ids });

export const withdraw = v.object({ assignmentId: id, because: text(300), obligationIds: ids });

export const remind = v.object({ assignmentId: id, obligationIds: ids });
