import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/publicity.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { answerFinding, inspectPlan, writeFinding } from '#lib/server/unit-reports/publicity/inspect.ts';
import { addMeasure, checkOff, publishPlan, removeMeasure } from '#lib/server/unit-reports/publicity/keep-plan.ts';
import { getPlan, listInspections, listMeasures } from '#lib/server/unit-reports/publicity/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { formUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

const daysToAnswer = 14;

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const plan = await getPlan(ctx, params.plan);
	const [measures, inspections] = await Promise.all([listMeasures(ctx, plan.id), listInspections(ctx, plan.id)]);
	const today = dateOf(ctx.now);
	return { plan, measures, inspections, today, answerBy: addDays(today, daysToAnswer), limit: largestFile };
};

const saying =
	(text: () => string, part = '') =>
	(_: unknown, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: text() });
		return `${url.pathname}${part}`;
	};

export const actions = {
	add: formAction(schemas.addMeasure, addMeasure, saying(m.publicity_added_flash)),
	remove: formAction(schemas.theMeasure, removeMeasure, saying(m.publicity_removed_flash)),
	publish: formAction(schemas.thePlan, publishPlan, saying(m.publicity_published_flash)),
	done: formAction(
		schemas.checkOff,
		async (ctx, { file, ...input }) => checkOff(ctx, { ...input, upload: await formUpload(file) }),
		saying(m.publicity_done_flash)
	),
	inspect: formAction(schemas.thePlan, inspectPlan, saying(m.publicity_inspect_flash, '#inspections')),
	finding: formAction(schemas.writeFinding, writeFinding, saying(m.publicity_finding_flash, '#inspections')),
	answer: formAction(schemas.answerFinding, answerFinding, saying(m.publicity_answer_flash, '#inspections'))
} satisfies Actions;
