import { type ActionFailure, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '../platform/errors.ts';
import type { SignedIn } from '../platform/context.ts';
import { errorMessage } from './error-message.ts';
import { fieldsOf } from './form-fields.ts';

/** What a form shows after a refusal: what was typed, and what is wrong at which field. */
export type FormFailure = { values: Record<string, unknown>; errors: Record<string, string>; message: string | null };

type Act<Input, Result> = (ctx: SignedIn, input: Input) => Promise<Result>;
type After<Result> = (result: Result, event: RequestEvent) => string | null | Promise<string | null>;

/**
 * A form action from a schema and a command. Bad input and foreseen refusals come back to the form, with everything that
 * was typed; all else goes the way of every error.
 * @param after where to go once it is done; null stays on the page, which then has the `result` of the command
 */
export function formAction<Schema extends v.GenericSchema, Result>(
	schema: Schema,
	act: Act<v.InferOutput<Schema>, Result>,
	after?: After<Result>
) {
	return async (event: RequestEvent): Promise<ActionFailure<FormFailure> | { done: true; result: Result }> => {
		const values = { ...event.params, ...fieldsOf(await event.request.formData()) };
		const { success, output, issues } = v.safeParse(schema, values);
		if (!success) return fail(400, failureOf(values, issues));

		let result: Result;
		try {
			result = await act(event.locals.ctx as SignedIn, output);
		} catch (error) {
			if (!(error instanceof DomainError) || !['invalid', 'conflict', 'too-many'].includes(error.failure)) throw error;
			const message = errorMessage(error.code, error.values);
			return fail(error.failure === 'invalid' ? 400 : 409, {
				values: shown(values),
				errors: error.field ? { [error.field]: message } : {},
				message: error.field ? null : message
			});
		}

		const target = after ? await after(result, event) : null;
		if (target !== null) redirect(303, target);
		return { done: true, result };
	};
}

function failureOf(values: Record<string, unknown>, issues: readonly v.BaseIssue<unknown>[]): FormFailure {
	const errors: Record<string, string> = {};
	for (const issue of issues) {
		const field = v.getDotPath(issue) ?? '';
		errors[field] ??= errorMessage(issue.message.startsWith('field.') ? issue.message : 'field.invalid');
	}
	return { values: shown(values), errors, message: null };
}

/** Passwords and files are not sent back. */
function shown(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => !/password|secret/i.test(name) && !(value instanceof File))
	);
}
