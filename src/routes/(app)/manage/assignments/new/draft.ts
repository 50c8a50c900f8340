import * as v from 'valibot';
import * as schemas from '#lib/schemas/programmes.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';

export const steps = ['course', 'people', 'terms', 'check'] as const;
export type Step = (typeof steps)[number];

/** An assignment that is being put together. It lives in the address of the page, so that it survives whatever happens. */
export type Draft = {
	courseId: string;
	unitIds: string[];
	personIds: string[];
	subtree: boolean;
	dueOn: string;
	reason: string;
};

export function readDraft(query: URLSearchParams): Draft {
	const idsOf = (name: string) => [...new Set(query.getAll(name))].filter(isId);
	return {
		courseId: idsOf('course')[0] ?? '',
		unitIds: idsOf('unit'),
		personIds: idsOf('person'),
		subtree: query.get('below') !== 'off',
		dueOn: query.get('due') ?? '',
		reason: query.get('reason') ?? ''
	};
}

/** The address at which a step of this draft stands. */
export function addressOf({ courseId, unitIds, personIds, subtree, dueOn, reason }: Draft, step: Step): string {
	const query = new URLSearchParams({ step });
	if (courseId) query.set('course', courseId);
	for (const id of unitIds) query.append('unit', id);
	for (const id of personIds) query.append('person', id);
	if (!subtree) query.set('below', 'off');
	if (dueOn) query.set('due', dueOn);
	if (reason) query.set('reason', reason);
	return `/manage/assignments/new?${query}`;
}

export type Standing = { step: Step; errors: Record<string, string> };

/** The step that is asked for, or an earlier one where something is missing; then with what is wrong there. */
export function standingOf(query: URLSearchParams, draft: Draft, today: string): Standing {
	const asked = stepIn(query.get('next')) ?? stepIn(query.get('step')) ?? 'course';
	const reaches = (step: Step) => steps.indexOf(asked) > steps.indexOf(step);

	if (reaches('course') && !draft.courseId)
		return { step: 'course', errors: { course: errorMessage('field.required') } };
	if (reaches('people') && draft.unitIds.length + draft.personIds.length === 0)
		return { step: 'people', errors: { people: errorMessage('field.nobody-chosen') } };
	const errors = reaches('terms') ? termErrors(draft, today) : {};
	return Object.keys(errors).length > 0 ? { step: 'terms', errors } : { step: asked, errors: {} };
}

const stepIn = (text: string | null): Step | undefined => steps.find((step) => step === text);

function termErrors({ dueOn, reason }: Draft, today: string): Record<string, string> {
	const { issues } = v.safeParse(schemas.terms, { dueOn, reason });
	const errors = Object.fromEntries(
		(issues ?? []).map((issue) => [v.getDotPath(issue) ?? '', errorMessage(issue.message)])
	);
	if (!errors.dueOn && dueOn < today) errors.dueOn = errorMessage('assignment.due-past');
	return errors;
}
