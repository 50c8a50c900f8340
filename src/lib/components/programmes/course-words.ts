import { formatNumber } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';

/** 必修课, 选修课. */
export const kindWords = (kind: 'required' | 'elective'): string =>
	kind === 'required' ? m.programmes_kind_required() : m.programmes_kind_elective();

/** Training hours: whole ones without a decimal. */
export const hoursWords = (hours: number): string => formatNumber(hours, { digits: Number.isInteger(hours) ? 0 : 1 });
