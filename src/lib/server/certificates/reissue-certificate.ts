import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { certificates, certificateTemplateVersions } from '#db/schema/certificates.ts';
import type * as schemas from '#lib/schemas/certificates.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { evidenceOf } from './evidence.ts';
import { issue } from './issue.ts';
import { getDecidable } from './queries.ts';

/**
 * Issues a certificate anew, after it was revoked by hand and for as long as what it rests on still holds: with another number
 * and another code, and as its follower. The wording is that of today.
 * @throws not-found certificate.not-found, forbidden access.own-case, conflict certificate.valid | certificate.not-earned
 */
export function reissueCertificate(
	ctx: SignedIn,
	{ certificateId }: v.InferOutput<typeof schemas.reissueCertificate>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('mingfa certificates'))`);
		const line = await getDecidable(ctx, certificateId);
		if (!line.revokedAt || line.followedBy) throw conflict('certificate.valid');
		const { rows } = await ctx.db.execute(sql`
			select 1 from (${evidenceOf[line.kind]((person) => sql`${person} = ${line.personId}`)}) met join ${certificates} c on c.id = ${line.id}
			where met.subject_id = c.subject_id and met.period_on is not distinct from c.period_on`);
		if (rows.length === 0) throw conflict('certificate.not-earned');

		const [former] = await ctx.db
			.select({ row: certificates, version: certificateTemplateVersions })
			.from(certificates)
			.innerJoin(
				certificateTemplateVersions,
				sql`${certificateTemplateVersions.id} = (select current_version_id from certificate_templates t where t.id = ${certificates.templateId})`
			)
			.where(eq(certificates.id, line.id));
		const { row, version } = former!;
		const { kind, subjectId, periodOn, personId, unitId, templateId, earnedAt, printed } = row;
		await issue(ctx, [
			{
				...{ kind, subjectId, periodOn, personId, unitId, templateId, earnedAt },
				...{ versionId: version.id, prefix: version.prefix, follows: row.id },
				...{ name: line.name, unit: printed.unit, subject: printed.subject, hours: printed.hours }
			}
		]);
	});
}
