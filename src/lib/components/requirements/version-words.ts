import { m } from '#lib/paraglide/messages.js';
import type { joiningPolicies, recurrences } from '#lib/schemas/requirements.ts';

export const recurrenceWords: Record<(typeof recurrences)[number], () => string> = {
	once: m.requirements_recurrence_once,
	yearly: m.requirements_recurrence_yearly,
	'after-completion': m.requirements_recurrence_after_completion
};

export const joiningWords: Record<(typeof joiningPolicies)[number], () => string> = {
	'same-date': m.requirements_joining_same_date,
	'more-time': m.requirements_joining_more_time,
	'next-period': m.requirements_joining_next_period
};

type Timed = {
	recurrence: keyof typeof recurrenceWords;
	validMonths: number | null;
	renewalMonths: number | null;
	priorMonths: number | null;
	joining: keyof typeof joiningWords;
	joiningDays: number | null;
};

/** What a version says of time, one sentence each. */
export function timeWords({
	recurrence,
	validMonths,
	renewalMonths,
	priorMonths,
	joining,
	joiningDays
}: Timed): string[] {
	const said = [recurrenceWords[recurrence]()];
	if (validMonths !== null) said.push(m.requirements_time_valid({ valid: validMonths, renewal: renewalMonths ?? 0 }));
	said.push(priorMonths === null ? m.requirements_time_no_prior() : m.requirements_time_prior({ count: priorMonths }));
	const newcomers = joiningDays === null ? joiningWords[joining]() : m.requirements_time_more({ count: joiningDays });
	return [...said, `${m.requirements_joining()}：${newcomers}`];
}
