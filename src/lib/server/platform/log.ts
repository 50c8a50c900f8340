import pino from 'pino';
import { env } from './env.ts';

/** Structured lines on standard error. Ids only: no names, no addresses, no answers, no secrets. */
export const log = pino(
	{
		level: env.LOG_LEVEL,
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label) => ({ level: label }) },
		redact: {
			paths: ['password', 'token', 'secret', 'cookie', 'authorization', '*.password', '*.token', '*.secret', 'headers'],
			censor: '[concealed]'
		}
	},
	pino.destination({ dest: 2, sync: true })
);

/** The log of one request: every line carries its id. */
export function requestLog(requestId: string): pino.Logger {
	return log.child({ requestId });
}
