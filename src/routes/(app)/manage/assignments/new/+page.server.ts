import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/programmes.ts';
import { demand } from '#lib/server/access/scope.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { assign } from '#lib/server/programmes/assign.ts';
import { type Effect, listPreview, previewAssignment } from '#lib/server/programmes/audience.ts';
import { describeAudience, listCoursesToAssign } from '#lib/server/programmes/describe-audience.ts';
import { findUnits, listUnitChoices } from '#lib/server/units/find-units.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { addressOf, readDraft, standingOf, steps } from './draft.ts';
import type { Actions, PageServerLoad } from './$types';

const effects: readonly Effect[] = ['new', 'completed', 'obliged'];

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'training:assign');
	const today = dateOf(ctx.now);
	const courses = await listCoursesToAssign(ctx);
	const draft = readDraft(query);
	if (!courses.some(({ id }) => id === draft.courseId)) draft.courseId = '';

	const audience = await describeAudience(ctx, draft);
	draft.personIds = audience.people.map(({ id }) => id);
	draft.unitIds = audience.units.map(({ id }) => id);
	const { step, errors } = standingOf(query, draft, today);

	return {
		step,
		errors,
		draft,
		audience,
		today,
		addresses: Object.fromEntries(steps.map((step) => [step, addressOf(draft, step)])),
		course: courses.find(({ id }) => id === draft.courseId),
		courses: step === 'course' ? courses : [],
		choosing: step === 'people' ? await choosing() : null,
		check: step === 'check' ? await check() : null
	};

	/** What can be chosen: everything near the top, or what was looked for where no script could. */
	async function choosing() {
		const [unitQ, personQ] = [query.get('unitQ')?.trim() ?? '', query.get('personQ')?.trim() ?? ''];
		const [choices, units, people] = await Promise.all([
			listUnitChoices(ctx, 'training:assign'),
			unitQ ? findUnits(ctx, { q: unitQ, ability: 'training:assign' }) : null,
			findPeople(ctx, { q: personQ, ability: 'training:assign' })
		]);
		return { unitQ, personQ, units: units ?? choices.units, people };
	}

	/** What it would do. The key makes one assignment of however many clicks. */
	async function check() {
		const effect = effects.find((effect) => effect === query.get('effect'));
		const asked = { effect, after: query.get('after'), before: query.get('before') };
		const [counts, page] = await Promise.all([
			previewAssignment(ctx, draft.courseId, draft),
			listPreview(ctx, draft.courseId, draft, asked)
		]);
		return { key: newId(), effect, counts, ...page };
	}
};

export const actions = {
	default: formAction(schemas.assign, assign, ({ assignmentId, count }, { cookies }) => {
		setFlash(cookies, { text: m.programmes_assigned_flash({ count }) });
		return `/manage/assignments/${assignmentId}`;
	})
} satisfies Actions;
