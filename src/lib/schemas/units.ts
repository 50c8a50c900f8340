import * as v from 'valibot';
import { date, id, text, wholeNumber } from './fields.ts';

export const unitKinds = ['province', 'division', 'city', 'county', 'institution'] as const;

const code = v.pipe(text(32), v.regex(/^[0-9A-Za-z-]+$/, 'field.no-code'));

export const openUnit = v.object({
	parentId: id,
	kind: v.picklist(unitKinds, 'field.required'),
	name: text(80),
	code,
	position: v.optional(wholeNumber(0, 9_999), '0'),
	from: date
});

export const renameUnit = v.object({ unitId: id, name: text(80), from: date });

export const moveUnit = v.object({ unitId: id, parentId: id, from: date });

export const closeUnit = v.object({ unitId: id, from: date });

export const mergeUnit = v.object({ unitId: id, intoId: id, from: date });

export const cancelChange = v.object({ unitId: id, from: date });
