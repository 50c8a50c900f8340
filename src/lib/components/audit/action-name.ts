import { m } from '#lib/paraglide/messages.js';

const messages = m as unknown as Record<string, (() => string) | undefined>;

/** What was done, in the reader's language: `role.granted` is the message `audit_action_role_granted`. Undefined where it has none. */
export const actionName = (action: string): string | undefined =>
	messages[`audit_action_${action.replace(/[.-]/g, '_')}`]?.();
