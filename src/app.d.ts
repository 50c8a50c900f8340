import type { Session } from 'lucia';
import type { Context } from '#lib/server/platform/context.ts';
import type { FailureValues } from '#lib/server/platform/errors.ts';

/** What the shell needs to know of whoever is signed in. */
export interface Viewer {
	personId: string;
	name: string;
	unitName: string | null;
	abilities: string[];
	/** Notifications not yet read. */
	unread: number;
	/** Duties that are open. */
	todo: number;
}

declare global {
	namespace App {
		interface Locals {
			requestId: string;
			/** Address of the client, as far as trusted proxies tell. */
			address: string;
			ctx: Context;
			viewer: Viewer | null;
			session: Session | null;
			theme: 'light' | 'dark' | null;
			/** Status that a refusal of the domain asks for; set by handleError. */
			refusedWith?: number;
		}

		interface Error {
			message: string;
			/** `noun.state` of a domain refusal. */
			code?: string;
			values?: FailureValues;
			status?: number;
			requestId?: string;
		}
	}
}

export {};
