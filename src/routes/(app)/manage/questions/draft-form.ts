import { type ActionFailure, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { QuestionKind } from '#lib/schemas/questions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import type { Wording } from '#lib/server/questions/wording.ts';
import { readForm } from '#lib/server/questions/wording-form.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import type { FormFailure } from '#lib/server/web/form-action.ts';
import { fieldsOf } from '#lib/server/web/form-fields.ts';

type Save<Place> = (ctx: SignedIn, place: Place, content: Wording) => Promise<string>;

/**
 * Takes the form of a question: everything that is wrong comes back at its field, with all that was typed.
 * @param save keeps it, and gives the address to go on to
 */
export async function takeDraft<Schema extends v.GenericSchema>(
	event: RequestEvent,
	schema: Schema,
	kindOf: (fields: Record<string, unknown>) => Promise<QuestionKind> | QuestionKind,
	save: Save<v.InferOutput<Schema>>
): Promise<ActionFailure<FormFailure>> {
	const fields = fieldsOf(await event.request.formData());
	const values = typedIn(fields);
	const { content, faults } = readForm(values, await kindOf(values));
	const errors: Record<string, string> = {};
	const { success, output, issues } = v.safeParse(schema, values);
	for (const issue of issues ?? []) {
		const field = v.getDotPath(issue) ?? '';
		errors[field] ??= errorMessage(issue.message.startsWith('field.') ? issue.message : 'field.invalid');
	}
	for (const { field, code, values } of faults) errors[field] ??= errorMessage(code, values);
	if (!success || Object.keys(errors).length > 0) return fail(400, { values, errors, message: null });

	let target: string;
	try {
		target = await save(event.locals.ctx as SignedIn, output, content);
	} catch (error) {
		return refused(error, values);
	}
	redirect(303, target);
}

/** What a form shows after the domain has said no. */
export function refused(error: unknown, values: Record<string, unknown>): ActionFailure<FormFailure> {
	if (!(error instanceof DomainError) || !['invalid', 'conflict'].includes(error.failure)) throw error;
	const message = errorMessage(error.code, error.values);
	return fail(error.failure === 'invalid' ? 400 : 409, {
		values,
		errors: error.field ? { [error.field]: message } : {},
		message: error.field ? null : message
	});
}

/** What was typed; files are not sent back. */
export const typedIn = (fields: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => !(value instanceof File)));
