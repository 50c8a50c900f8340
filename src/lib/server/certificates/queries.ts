import { type SQL, sql } from 'drizzle-orm';
import { certificates, type Printed } from '#db/schema/certificates.ts';
import type { Localized } from '#db/schema/columns.ts';
import { units } from '#db/schema/units.ts';
import type { CertificateFilter, CertificateKind, RevocationGround } from '#lib/schemas/certificates.ts';
import { demand, demandNotOwn, within } from '../access/scope.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { idList } from '../platform/id-list.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import { type Order, type Page, readPage, type Turn, turned } from '../platform/keyset.ts';
import { readCode } from './code.ts';

/** A certificate with all that stands on it. */
export type Certificate = {
	id: string;
	kind: CertificateKind;
	subjectId: string;
	personId: string;
	code: string;
	printed: Printed;
	title: Localized;
	body: Localized;
	issuer: Localized;
	sealPlace: boolean;
	issuedAt: string;
	earnedAt: string;
	follows: string | null;
	followedBy: string | null;
	revokedAt: string | null;
	revokedGround: RevocationGround | null;
	revokedBecause: string | null;
	revokedBy: string | null;
};

/** One line of a list: with the person as they are found today. */
export type CertificateLine = Certificate & { name: string; staffNumber: string; unit: string | null };

const columns = sql`
	c.id, c.kind, c.subject_id as "subjectId", c.person_id as "personId", c.code, c.printed, v.title, v.body, v.issuer, v.seal_place as "sealPlace",
	${iso(sql`c.issued_at`)} as "issuedAt", ${iso(sql`c.earned_at`)} as "earnedAt", c.follows,
	(select n.id from ${certificates} n where n.follows = c.id) as "followedBy",
	${iso(sql`c.revoked_at`)} as "revokedAt", c.revoked_ground as "revokedGround", c.revoked_because as "revokedBecause",
	(select name from people r where r.id = c.revoked_by) as "revokedBy"`;

const from = sql`from ${certificates} c join certificate_template_versions v on v.id = c.version_id`;
const lines = sql`
	select ${columns}, people.name, people.staff_number as "staffNumber", ${units.name} as unit
	${from} join people on people.id = c.person_id left join ${units} on ${units.id} = people.unit_id`;

/** All certificates of one person, the latest first. The caller is the person, or has looked them up within reach. */
export async function listCertificatesOf({ db }: Context, personId: string): Promise<Certificate[]> {
	const { rows } = await db.execute<Certificate>(
		sql`select ${columns} ${from} where c.person_id = ${personId} order by c.issued_at desc, c.id desc`
	);
	return rows;
}

/** A certificate of the actor's own. @throws not-found certificate.not-found */
export async function getOwnCertificate({ db, actor }: SignedIn, id: string): Promise<Certificate> {
	const { rows } = isId(id)
		? await db.execute<Certificate>(
				sql`select ${columns} ${from} where c.id = ${id} and c.person_id = ${actor.personId}`
			)
		: { rows: [] };
	if (!rows[0]) throw notFound('certificate');
	return rows[0];
}

/** A certificate by its code, however it was typed; for anybody who has it in hand. Undefined where there is none. */
export async function findByCode({ db }: Context, typed: string): Promise<Certificate | undefined> {
	const code = readCode(typed);
	if (!code) return undefined;
	const { rows } = await db.execute<Certificate>(sql`select ${columns} ${from} where c.code = ${code}`);
	return rows[0];
}

const matching = ({ actor }: Context, { q, kind, state, template, unit }: Partial<CertificateFilter>): SQL => sql`
	${within(actor, 'certificate:view', units.path)}
	and ${kind ? sql`c.kind = ${kind}` : sql`true`}
	and ${state ? (state === 'valid' ? sql`c.revoked_at is null` : sql`c.revoked_at is not null`) : sql`true`}
	and ${template ? sql`c.template_id = ${template}` : sql`true`}
	and ${unit ? sql`${units.path} <@ (select path from units where id = ${unit})` : sql`true`}
	and ${q ? sql`(${isFoundBy(q)} or c.printed ->> 'number' = ${q} or c.code = ${readCode(q) ?? ''})` : sql`true`}`;

const name = sql`people.name collate "zh-x-icu"`;

function orderOf(sort: CertificateFilter['sort']): Order {
	const descending = sort.startsWith('-');
	return sort.endsWith('name')
		? { key: name, id: sql`c.id`, type: 'text', descending }
		: { key: sql`c.issued_at`, id: sql`c.id`, type: 'timestamptz', descending };
}

/** The certificates of people within reach, a page at a time. @throws forbidden access.forbidden */
export function listCertificates(
	ctx: Context,
	{ sort = '-issued', after, before, ...filter }: Partial<CertificateFilter>,
	size = 50
): Promise<Page<CertificateLine>> {
	demand(ctx, 'certificate:view');
	return readPage<CertificateLine>(
		{ after, before },
		{
			size,
			keyOf: (row) => [sort.endsWith('name') ? row.name : row.issuedAt, row.id],
			read: async (turn: Turn) => {
				const { where, rest } = turned(orderOf(sort), turn);
				const { rows } = await ctx.db.execute<CertificateLine>(
					sql`${lines} where ${matching(ctx, filter)} and ${where} ${rest}`
				);
				return rows;
			}
		}
	);
}

/** The same list whole, a batch at a time: what an export writes. */
export async function* eachCertificate(
	ctx: Context,
	filter: Partial<CertificateFilter>
): AsyncGenerator<CertificateLine> {
	let after: string | undefined;
	do {
		const page: Page<CertificateLine> = await listCertificates(ctx, { ...filter, after, before: undefined }, 1_000);
		yield* page.rows;
		after = page.next ?? undefined;
	} while (after !== undefined);
}

/** How many hold and how many were revoked, of those that the filter matches but for their state. */
export async function countCertificates(
	ctx: Context,
	{ state: _, ...filter }: Partial<CertificateFilter>
): Promise<{ valid: number; revoked: number }> {
	const { rows } = await ctx.db.execute<{ valid: number; revoked: number }>(sql`
		select (count(*) filter (where c.revoked_at is null))::int as valid, (count(*) filter (where c.revoked_at is not null))::int as revoked
		from ${certificates} c join people on people.id = c.person_id left join ${units} on ${units.id} = people.unit_id
		where ${matching(ctx, filter)}`);
	return rows[0] ?? { valid: 0, revoked: 0 };
}

/** A certificate of somebody within reach. @throws not-found certificate.not-found */
export async function getCertificate(
	ctx: Context,
	id: string,
	ability: 'certificate:view' | 'certificate:edit' = 'certificate:view'
): Promise<CertificateLine> {
	const { rows } = isId(id)
		? await ctx.db.execute<CertificateLine>(
				sql`${lines} where c.id = ${id} and ${within(ctx.actor, ability, units.path)}`
			)
		: { rows: [] };
	if (!rows[0]) throw notFound('certificate');
	return rows[0];
}

/** The same for a decision about it: never in one's own case. @throws forbidden access.own-case */
export async function getDecidable(ctx: SignedIn, id: string): Promise<CertificateLine> {
	const found = await getCertificate(ctx, id, 'certificate:edit');
	demandNotOwn(ctx, found.personId);
	return found;
}

/** Certificates to print together, of people within reach, in the order of their numbers. Revoked ones are left out. */
export async function listPrintable(ctx: Context, ids: readonly string[]): Promise<CertificateLine[]> {
	demand(ctx, 'certificate:view');
	const { rows } = await ctx.db.execute<CertificateLine>(sql`
		${lines} where c.id in ${idList(ids)} and c.revoked_at is null and ${within(ctx.actor, 'certificate:view', units.path)}
		order by c.template_id, c.year, c.serial limit 200`);
	return rows;
}
