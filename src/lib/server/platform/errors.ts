/** What went wrong, in the terms of the one who asked. Hooks turn it into a response; nothing else does. */
export type Failure = 'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'too-many';

export type FailureValues = Record<string, string | number>;

/** A refusal that the domain states on purpose. `code` is `noun.state` and, as `error_noun_state`, the key of its message. */
export class DomainError extends Error {
	readonly failure: Failure;
	readonly code: string;
	/** The form field that the refusal is about. */
	readonly field: string | undefined;
	readonly values: FailureValues;

	constructor(failure: Failure, code: string, { field, values = {} }: { field?: string; values?: FailureValues } = {}) {
		super(code);
		this.name = 'DomainError';
		this.failure = failure;
		this.code = code;
		this.field = field;
		this.values = values;
	}
}

type Details = { field?: string; values?: FailureValues };

/** The input cannot be taken as it is; `field` says where. */
export const invalid = (code: string, details?: Details) => new DomainError('invalid', code, details);

/** There is no such thing within the actor's reach: whether it exists elsewhere is not told. */
export const notFound = (noun: string) => new DomainError('not-found', `${noun}.not-found`);

/** The actor lacks an ability that no thing is needed to decide on. */
export const forbidden = (code = 'access.forbidden') => new DomainError('forbidden', code);

/** The act does not fit the state that the thing is in. */
export const conflict = (code: string, details?: Details) => new DomainError('conflict', code, details);

/** Too soon or too often; `values.seconds` says how long to wait. */
export const tooMany = (code: string, seconds: number) => new DomainError('too-many', code, { values: { seconds } });

/** Name of the constraint that a database error is about, if it is one. */
export function violatedConstraint(error: unknown): string | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ('constraint' in cause && typeof cause.constraint === 'string') return cause.constraint;
	}
	return undefined;
}
