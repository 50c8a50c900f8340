import { sql } from 'drizzle-orm';
import { certificates } from '#db/schema/certificates.ts';
import { recordAll } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import type { Context } from '../platform/context.ts';
import type { Lost } from './settle.ts';

/** Revokes certificates whose ground fell away, each with its reason; their holders are told. In the caller's transaction. */
export async function revokeAll(ctx: Context, lost: readonly Lost[], revokedBy: string | null = null): Promise<void> {
	if (lost.length === 0) return;
	const rows = lost.map(({ id, ground, because }) => ({ id, ground, because }));
	await ctx.db.execute(sql`
		update ${certificates} c set revoked_at = ${ctx.now}, revoked_by = ${revokedBy}, revoked_ground = l.ground, revoked_because = l.because
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l (id uuid, ground revocation_ground, because text)
		where c.id = l.id and c.revoked_at is null`);
	await recordAll(
		ctx,
		'certificate.revoked',
		lost.map(({ id, personId, ground }) => ({ subjectId: id, details: { personId, ground } }))
	);
	for (const { id, personId, subject } of lost) {
		const occasion = `revoked ${id}`;
		const href = `/certificates/${id}`;
		await notify(ctx, [personId], { kind: 'certificate_revoked', occasion, href, values: { title: subject } });
	}
}
