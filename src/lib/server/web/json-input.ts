import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { invalid } from '../platform/errors.ts';

/** What a script sent to an endpoint, together with the parameters of the address. @throws invalid field.invalid and the like */
export async function jsonInput<Schema extends v.GenericSchema>(
	event: RequestEvent,
	schema: Schema
): Promise<v.InferOutput<Schema>> {
	const body: unknown = await event.request.json().catch(() => undefined);
	const { success, output, issues } = v.safeParse(schema, {
		...(body && typeof body === 'object' ? body : {}),
		...event.params
	});
	if (success) return output;
	const [{ message }] = issues;
	throw invalid(message.startsWith('field.') ? message : 'field.invalid');
}
