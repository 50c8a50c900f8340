import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/indicators.ts';
import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { getSet, getSheet } from '#lib/server/unit-reports/indicators/queries.ts';
import {
	addProof,
	closeSheet,
	giveBackSheet,
	handInSheet,
	removeProof,
	scoreSelf,
	verifyScore
} from '#lib/server/unit-reports/indicators/score-sheet.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { neededUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const set = await getSet(ctx, params.set);
	return { set, sheet: await getSheet(ctx, set, params.unit), limit: largestFile };
};

const saying =
	(text: () => string) =>
	(_: unknown, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: text() });
		return url.pathname;
	};

export const actions = {
	score: formAction(schemas.scoreSelf, scoreSelf, saying(m.report_saved_flash)),
	proof: formAction(
		schemas.addProof,
		async (ctx, { sheetId, indicatorId, file }) =>
			addProof(ctx, { sheetId, indicatorId, upload: await neededUpload(file) }),
		saying(m.indicator_proof_flash)
	),
	removeProof: formAction(schemas.removeProof, removeProof, saying(m.indicator_proof_removed_flash)),
	handIn: formAction(schemas.theSheet, handInSheet, saying(m.indicator_handed_in_flash)),
	verify: formAction(schemas.verifyScore, verifyScore, saying(m.report_saved_flash)),
	close: formAction(schemas.theSheet, closeSheet, saying(m.indicator_closed_flash)),
	giveBack: formAction(schemas.theSheet, giveBackSheet, saying(m.indicator_given_back_flash))
} satisfies Actions;
