import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { certificates, certificateSerials } from '#db/schema/certificates.ts';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { recordAll } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { batchesOf } from '../platform/batches.ts';
import type { Context } from '../platform/context.ts';
import { dateOf, yearOf } from '../platform/dates.ts';
import { newId } from '../platform/ids.ts';
import { newCode } from './code.ts';
import { signingKey } from './keys.ts';
import { printedNumber } from './printed-number.ts';
import { sealOf } from './sealed.ts';

/** What somebody has met, and the template that applies. */
export type Earned = {
	kind: CertificateKind;
	subjectId: string;
	periodOn: string | null;
	personId: string;
	unitId: string | null;
	templateId: string;
	versionId: string;
	prefix: string;
	follows: string | null;
	name: string;
	unit: string;
	subject: Localized;
	hours: number | null;
	earnedAt: Date;
};

type Row = typeof certificates.$inferInsert;

/** Issues certificates in the order given: numbered, sealed, put on record, each told to its holder. In the caller's transaction. */
export async function issue(ctx: Context, earned: readonly Earned[]): Promise<void> {
	if (earned.length === 0) return;
	const key = await signingKey(ctx);
	const year = yearOf(ctx.now);
	const rows: Row[] = [];
	for (const [templateId, some] of Map.groupBy(earned, (each) => each.templateId)) {
		let serial = (await takeNumbers(ctx, templateId, year, some.length)) - some.length;
		for (const each of some) rows.push(sealed(ctx, each, { year, serial: ++serial, key }));
	}
	for (const part of batchesOf(rows, 500)) await ctx.db.insert(certificates).values(part);
	await recordAll(
		ctx,
		'certificate.issued',
		rows.map(({ id, personId, kind, subjectId, templateId, follows }) => ({
			subjectId: id,
			details: { personId, kind, subjectId, templateId, ...(follows ? { follows } : {}) }
		}))
	);
	for (const [occasion, some] of Map.groupBy(rows, ({ subjectId, periodOn, follows }) =>
		follows ? `reissued ${follows}` : `issued ${subjectId} ${periodOn ?? ''}`.trim()
	)) {
		await notify(
			ctx,
			some.map(({ personId }) => personId),
			{
				kind: 'certificate_issued',
				occasion,
				href: '/record#certificates',
				values: { title: some[0]!.printed.subject }
			}
		);
	}
}

/** Takes so many numbers of a template and year; whoever takes some meanwhile waits. @returns the last of them */
async function takeNumbers({ db }: Context, templateId: string, year: number, count: number): Promise<number> {
	const [row] = await db
		.insert(certificateSerials)
		.values({ templateId, year, last: count })
		.onConflictDoUpdate({
			target: [certificateSerials.templateId, certificateSerials.year],
			set: { last: sql`${certificateSerials.last} + ${count}` }
		})
		.returning({ last: certificateSerials.last });
	return row!.last;
}

type Numbered = { year: number; serial: number; key: Awaited<ReturnType<typeof signingKey>> };

function sealed({ now }: Context, earned: Earned, { year, serial, key }: Numbered): Row {
	const { prefix, name, unit, subject, hours, ...facts } = earned;
	const row = {
		...facts,
		...{ id: newId(), year, serial, code: newCode(), issuedAt: now, keyId: key.id },
		printed: {
			...{ name, unit, subject, hours },
			earnedOn: dateOf(earned.earnedAt),
			number: printedNumber(prefix, year, serial)
		}
	};
	return { ...row, seal: sealOf(row, key.privateKey) };
}
