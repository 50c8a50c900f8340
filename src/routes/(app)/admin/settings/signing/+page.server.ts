import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { didOf } from '#lib/server/certificates/did.ts';
import { listKeys, rotateKey } from '#lib/server/certificates/keys.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demandEverywhere(ctx, 'settings:edit');
	const keys = await listKeys(ctx);
	return {
		did: didOf(url.origin),
		keys: keys.map(({ publicKey, ...key }) => ({ ...key, fingerprint: publicKey.toString('hex').slice(0, 16) })),
		rotating: url.searchParams.has('rotate')
	};
};

export const actions = {
	rotate: formAction(v.object({}), rotateKey, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.certificates_rotated_flash() });
		return url.pathname;
	})
} satisfies Actions;
