import * as v from 'valibot';
import { checkbox, id, optionalText, text } from './fields.ts';
import { longText, optionalPoints, planYear, points } from './work-plans.ts';

const optionalId = v.union([
	v.pipe(
		v.optional(v.literal(''), ''),
		v.transform(() => null)
	),
	id
]);

/** Begins with the items of a work plan, with those of another set, or with nothing. */
export const createSet = v.object({
	unitId: id,
	year: planYear,
	titleZh: text(100),
	titleEn: optionalText(200),
	planId: optionalId,
	copyOf: optionalId
});
export const theSet = v.object({ setId: id });

/** Bands as rows of a form: those without a name are left out. */
export const changeBands = v.object({
	setId: id,
	bandZh: v.pipe(v.array(v.pipe(v.string(), v.maxLength(20, 'field.too-long'))), v.maxLength(6)),
	bandEn: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40, 'field.too-long'))), v.maxLength(6)),
	bandFrom: v.pipe(v.array(optionalPoints), v.maxLength(6))
});

const worth = v.pipe(
	points,
	v.check((value) => value > 0, 'field.too-small')
);
const indicator = {
	titleZh: text(100),
	titleEn: optionalText(200),
	standardZh: text(1_000),
	standardEn: optionalText(2_000),
	points: worth,
	reporting: checkbox
};
export const addIndicator = v.object({ setId: id, ...indicator });
export const changeIndicator = v.object({ setId: id, indicatorId: id, ...indicator });
export const theIndicator = v.object({ setId: id, indicatorId: id });

const item = { sheetId: id, indicatorId: id };
export const theSheet = v.object({ sheetId: id });
export const scoreSelf = v.object({ ...item, selfScore: optionalPoints, selfText: longText(5_000) });
/** The file itself is looked into when it is kept. */
export const addProof = v.object({ ...item, file: v.optional(v.unknown()) });
export const removeProof = v.object({ sheetId: id, fileId: id });
export const verifyScore = v.object({ ...item, verifiedScore: points, reason: longText(1_000), voided: checkbox });
