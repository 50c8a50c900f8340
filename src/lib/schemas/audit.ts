import * as v from 'valibot';
import { date } from './fields.ts';

const typed = (longest: number) => v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(longest)), '');
const day = v.fallback(v.optional(date), undefined);

/** What the audit record is narrowed to. `actor` is a staff number, `subject` a staff number or an id. */
export const auditFilter = v.object({
	action: typed(80),
	actor: typed(40),
	subject: typed(40),
	from: day,
	to: day
});

export const verifyAudit = v.object({});
