import { type SQL, sql } from 'drizzle-orm';
import { audiences } from '#db/schema/audiences.ts';
import { units } from '#db/schema/units.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import { demand, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { iso } from '../../platform/iso.ts';
import { type Asked, type Order, type Page, readPage, turned } from '../../platform/keyset.ts';

export type AudienceLine = {
	id: string;
	name: string;
	unit: string;
	number: number;
	rule: AudienceRule;
	/** When the rule was last worded, and by whom. */
	changedAt: string;
	by: string;
	/** How many programmes are assigned to it now. */
	uses: number;
	archivedAt: string | null;
};

export type AudienceSort = 'name' | '-name' | 'changed' | '-changed';
export type AudienceStanding = 'used' | 'unused' | 'archived';
export type AudienceFilter = Asked & { q?: string; standing?: AudienceStanding; sort?: AudienceSort };

const size = 25;
const byName = sql`${audiences.name} collate "zh-x-icu"`;
const orders: Record<AudienceSort, Order> = {
	name: { key: byName, id: audiences.id, type: 'text' },
	'-name': { key: byName, id: audiences.id, type: 'text', descending: true },
	changed: { key: sql`v.created_at`, id: audiences.id, type: 'timestamptz' },
	'-changed': { key: sql`v.created_at`, id: audiences.id, type: 'timestamptz', descending: true }
};
const isUsed = sql`exists (select 1 from programme_assignments a where a.audience_id = ${audiences.id} and a.withdrawn_at is null)`;
const standings: Record<AudienceStanding, SQL> = {
	used: sql`${audiences.archivedAt} is null and ${isUsed}`,
	unused: sql`${audiences.archivedAt} is null and not ${isUsed}`,
	archived: sql`${audiences.archivedAt} is not null`
};

/** The audiences within reach; those put away only where they are asked for. @param q part of the name or of the unit's */
export async function listAudiences(
	ctx: Context,
	{ q = '', standing, sort = 'name', ...asked }: AudienceFilter = {}
): Promise<Page<AudienceLine>> {
	demand(ctx, 'programme:view');
	const hit = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
	return readPage<AudienceLine & { key: string }>(asked, {
		size,
		keyOf: ({ key, id }) => [key, id],
		read: async (turn) => {
			const { where, rest } = turned(orders[sort], turn);
			const { rows } = await ctx.db.execute<AudienceLine & { key: string }>(sql`
				select ${audiences.id}, (${orders[sort].key})::text as key, ${audiences.name}, ${units.name} as unit, v.number, v.rule,
					${iso(sql`v.created_at`)} as "changedAt", p.name as by, ${iso(audiences.archivedAt)} as "archivedAt",
					(select count(*)::int from programme_assignments a where a.audience_id = ${audiences.id} and a.withdrawn_at is null) as uses
				from ${audiences} join ${units} on ${units.id} = ${audiences.unitId}
				join audience_versions v on v.id = ${audiences.currentVersionId} join people p on p.id = v.created_by
				where ${within(ctx.actor, 'programme:view', units.path)} and ${standing ? standings[standing] : sql`${audiences.archivedAt} is null`}
					and ${q ? sql`(${audiences.name} ilike ${hit} or ${units.name} ilike ${hit})` : sql`true`} and ${where} ${rest}`);
			return rows;
		}
	});
}
