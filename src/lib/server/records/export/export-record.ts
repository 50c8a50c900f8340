import { record } from '../../audit/record.ts';
import { listKeys, signingKey } from '../../certificates/keys.ts';
import { readCredential } from '../../certificates/read-credential.ts';
import { didDocument } from '../../certificates/did.ts';
import type { SignedIn } from '../../platform/context.ts';
import { readFile } from '../../platform/files/read-file.ts';
import { type ArchivePart, zipUp } from '../../platform/zip-up.ts';
import { listOwnCorrections } from '../queries.ts';
import { readOwnRecord } from '../read-record.ts';
import { listProofs } from './proofs.ts';
import { recordHtml } from './record-html.ts';
import { recordJson } from './record-json.ts';

/** Where the record is exported: the public origin, for the addresses on certificates, and the reader's language. */
export type Asked = { origin: string; locale: 'zh-CN' | 'en' };

/** What the files of an export are made from; papers, looks and proofs are read one at a time. */
export type Exported = Awaited<ReturnType<typeof gather>>;

/**
 * All of the actor's own record as an archive: `record.json` (the shape is in docs/record-export.md), `record.html` to read and
 * print, the proofs that they brought, and every certificate as a signed credential with the keys that check it. Made while it
 * is read: however long a working life, memory stays flat. That it was exported goes on record.
 */
export async function exportRecord(ctx: SignedIn, asked: Asked): Promise<AsyncGenerator<Uint8Array>> {
	const exported = await gather(ctx);
	await record(ctx, 'record.exported', ctx.actor.personId);
	return zipUp(partsOf(ctx, exported, asked), ctx);
}

async function gather(ctx: SignedIn) {
	const [own, corrections, proofs] = [await readOwnRecord(ctx), await listOwnCorrections(ctx), await listProofs(ctx)];
	return { own, corrections, proofs };
}

async function* partsOf(ctx: SignedIn, exported: Exported, asked: Asked): AsyncGenerator<ArchivePart> {
	yield { path: 'record.json', text: recordJson(ctx, exported, asked) };
	yield { path: 'record.html', text: recordHtml(ctx, exported, asked) };
	for (const { id, path } of exported.proofs) yield { path, text: (await readFile(ctx, id)).bytes };

	const valid = exported.own.certificates.filter(({ revokedAt }) => revokedAt === null);
	if (valid.length === 0) return;
	await signingKey(ctx);
	const keys = didDocument(asked.origin, await listKeys(ctx));
	yield { path: 'certificates/did.json', text: `${JSON.stringify(keys, null, '\t')}\n` };
	for (const { id, code } of valid) {
		const { text } = await readCredential(ctx, { id, ...asked, as: 'json' });
		yield { path: `certificates/${code}.json`, text };
	}
}
