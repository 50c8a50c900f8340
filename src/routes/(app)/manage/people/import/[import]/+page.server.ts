import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/roster.ts';
import { chooseColumns } from '#lib/server/people/roster/choose-columns.ts';
import { chooseRows } from '#lib/server/people/roster/choose-rows.ts';
import { discardImport } from '#lib/server/people/roster/discard-import.ts';
import { countRows, getImport, listRows } from '#lib/server/people/roster/queries.ts';
import { requestCommit } from '#lib/server/people/roster/request-commit.ts';
import { listChanges, problemInWords } from '#lib/server/people/roster/result-sheet.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const verdict = v.fallback(v.optional(v.picklist(schemas.verdicts)), undefined);
const cursor = v.fallback(v.optional(v.pipe(v.string(), v.regex(/^\d{1,7}$/), v.transform(Number))), undefined);

export const load: PageServerLoad = async ({ locals: { ctx }, params, url, depends }) => {
	depends('roster:import');
	const { unitPath: _, ...found } = await getImport(ctx, params.import);
	const counts = await countRows(ctx, found.id);
	const asked = v.parse(verdict, url.searchParams.get('show') ?? undefined);
	const shown = asked ?? schemas.verdicts.find((verdict) => counts[verdict] > 0) ?? 'new';
	const { rows, ...page } = await listRows(ctx, found.id, shown, {
		after: v.parse(cursor, url.searchParams.get('after') ?? undefined),
		before: v.parse(cursor, url.searchParams.get('before') ?? undefined)
	});

	return {
		found: { ...found, failure: found.failure && errorMessage(found.failure.key, found.failure.values) },
		counts,
		shown,
		page,
		rows: rows.map(({ problems, changes, ...row }) => ({
			...row,
			reasons:
				problems?.map((problem) => problemInWords(problem, ({ key, values }) => errorMessage(key, values))) ?? [],
			changes: listChanges(changes)
		}))
	};
};

const samePlace = (_: unknown, { url }: { url: URL }) => {
	const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
	return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
};
const afresh = (_: unknown, { url }: { url: URL }) => url.pathname;

export const actions: Actions = {
	columns: formAction(schemas.chooseColumns, chooseColumns, afresh),
	choose: formAction(schemas.chooseRows, chooseRows, samePlace),
	commit: formAction(schemas.decideImport, requestCommit, afresh),
	discard: formAction(schemas.decideImport, discardImport, (_, { cookies }) => {
		setFlash(cookies, { text: m.roster_discarded_flash() });
		return '/manage/people/import';
	})
};
