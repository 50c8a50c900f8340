import { fail, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { demand } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import type { KeptList } from '#lib/server/programmes/audiences/keep-people-list.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { readUpload } from '#lib/server/web/read-upload.ts';

const mostShown = 200;

/** Reads a file of staff numbers through a command. The page then says row by row what was not taken; a refusal stands at its field. */
export async function readList<Schema extends v.GenericSchema>(
	event: RequestEvent,
	schema: Schema,
	keep: (ctx: SignedIn, input: v.InferOutput<Schema>, file: Buffer) => Promise<KeptList>
) {
	demand(event.locals.ctx as SignedIn, 'programme:edit');
	let values: Record<string, string> = {};
	try {
		const { fields, file } = await readUpload(event.request);
		values = Object.fromEntries(
			[...fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
		);
		const { success, output, issues } = v.safeParse(schema, { ...event.params, ...values });
		if (!success) {
			const errors = Object.fromEntries(
				issues.map((issue) => [v.getDotPath(issue) ?? '', errorMessage(issue.message)])
			);
			return fail(400, { values, errors });
		}
		const kept = await keep(event.locals.ctx as SignedIn, output, file);
		return {
			kept: { ...kept, passed: kept.passed.slice(0, mostShown), more: Math.max(0, kept.passed.length - mostShown) }
		};
	} catch (error) {
		if (!(error instanceof DomainError) || !['invalid', 'conflict'].includes(error.failure)) throw error;
		const errors: Record<string, string> = { [error.field ?? 'file']: errorMessage(error.code, error.values) };
		return fail(error.failure === 'invalid' ? 400 : 409, { values, errors });
	}
}
