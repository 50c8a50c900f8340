import { isConnectionLoss } from '../platform/database.ts';
import { DomainError, type Failure } from '../platform/errors.ts';

const statusOf: Record<Failure, number> = {
	invalid: 400,
	unauthenticated: 401,
	forbidden: 403,
	'not-found': 404,
	conflict: 409,
	'too-many': 429
};

/** The response that an error asks for, if it is one that we foresee. */
export function refusalOf(error: unknown): (App.Error & { status: number }) | undefined {
	if (error instanceof DomainError)
		return { message: error.code, code: error.code, values: error.values, status: statusOf[error.failure] };
	if (isConnectionLoss(error)) return { message: 'database.unreachable', code: 'database.unreachable', status: 503 };
	return undefined;
}
