import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/audit.ts';
import { getChainState } from '#lib/server/audit/chain-state.ts';
import { listActions, listEntries, readsWholeRecord } from '#lib/server/audit/list-entries.ts';
import { verifyRecord } from '#lib/server/audit/verify-record.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const query = Object.fromEntries(url.searchParams);
	const filter = v.parse(schemas.auditFilter, query);
	const page = await listEntries(ctx, filter, query);
	const [chain, actions] = await Promise.all([getChainState(ctx), listActions(ctx)]);
	return { page, filter, chain, actions, mayVerify: readsWholeRecord(ctx.actor) };
};

export const actions: Actions = {
	verify: formAction(schemas.verifyAudit, verifyRecord, ({ links, broken }, { cookies }) => {
		const text = broken === null ? m.audit_verified({ count: links }) : m.audit_broken({ position: broken });
		setFlash(cookies, { text });
		return '/admin/audit';
	})
};
