import { m } from '#lib/paraglide/messages.js';

const messages = m as unknown as Record<string, (() => string) | undefined>;

/** The name of a role in the reader's language. */
export const roleName = (role: string): string => messages[`access_role_${role}`]?.() ?? role;

/** An ability as the end of a sentence that begins "may": `people:view` is “view people”. */
export const abilityName = (ability: string): string =>
	messages[`access_ability_${ability.replace(':', '_')}`]?.() ?? ability;
