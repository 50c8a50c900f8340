import { reasonWords } from '#lib/components/programmes/obligation-words.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why a duty was withdrawn: what the platform withdraws by itself has a key instead of somebody's words. */
export function withdrawnWords(because: string | null): string | null {
	if (because === 'left-audience') return m.requirements_because_left_audience();
	return because === 'new-version' ? m.requirements_because_new_version() : reasonWords(because);
}
