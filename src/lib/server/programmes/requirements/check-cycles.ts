import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import { demand, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { type Asked as AskedPage, type Page, readPage, turned } from '../../platform/keyset.ts';
import { isLive } from '../obligation-state.ts';
import { whatIsRequired } from '../what-is-asked.ts';
import { contentOf } from './evidence.ts';

/**
 * What can be wrong with who is asked what: people whom no programme reaches; people whom two ask for the same; duties of a
 * programme that is no longer in force; requirements that nobody can meet.
 */
export const findingKinds = ['uncovered', 'doubled', 'orphaned', 'impossible'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Why a requirement cannot be met: its course is archived, its exam called off, too few of its courses are left. */
export type Impossible = 'course-archived' | 'exam-cancelled' | 'too-few-courses';

/** The people behind each kind, as rows of person_id, within reach. */
const behind: Record<FindingKind, (ctx: Context) => SQL> = {
	uncovered: (ctx) => sql`
		select p.id as person_id from people p join units u on u.id = p.unit_id
		where p.status = 'active' and ${reach(ctx)} and not exists (
			select 1 from obligations o where o.person_id = p.id and o.programme_assignment_id is not null and o.withdrawn_at is null
				and (o.expires_on is null or o.expires_on >= ${dateOf(ctx.now)}))`,
	doubled: (ctx) => sql`
		select o.person_id from obligations o join units u on u.id = o.unit_id join programme_requirements r on r.id = o.requirement_id
		where o.programme_assignment_id is not null and ${isLive(sql`o`)} and ${reach(ctx)} and (o.opens_on is null or o.opens_on <= ${dateOf(ctx.now)})
		group by o.person_id, ${contentOf(sql`r`)} - 0
		having count(distinct o.programme_assignment_id) > 1`,
	orphaned: (ctx) => sql`
		select o.person_id from obligations o join units u on u.id = o.unit_id
		join programme_assignments a on a.id = o.programme_assignment_id join programmes p on p.id = a.programme_id
		join programme_requirements r on r.id = o.requirement_id
		where ${isLive(sql`o`)} and ${reach(ctx)} and (o.expires_on is null or o.expires_on >= ${dateOf(ctx.now)})
			and (a.withdrawn_at is not null or p.archived_at is not null or r.version_id <> p.current_version_id)`,
	impossible: (ctx) => sql`
		select o.person_id from obligations o join units u on u.id = o.unit_id join programme_requirements r on r.id = o.requirement_id
		where ${isLive(sql`o`)} and ${reach(ctx)} and (o.expires_on is null or o.expires_on >= ${dateOf(ctx.now)}) and ${whyImpossible} is not null`
};

const reach = ({ actor }: Context): SQL => within(actor, 'training:view', sql`u.path`);

/** Of a row r of requirements. */
const whyImpossible = sql`case
	when r.kind = 'course' and (select c.archived_at from courses c where c.id = r.course_id) is not null then 'course-archived'
	when r.exam_id is not null and (select e.state from exams e where e.id = r.exam_id) = 'cancelled' then 'exam-cancelled'
	when r.kind = 'electives' and r.choose > (
		select count(*) from requirement_electives e join courses c on c.id = e.course_id where e.requirement_id = r.id and c.archived_at is null) then 'too-few-courses'
end`;

export type Findings = Record<FindingKind, number> & {
	/** Programmes in force with a requirement that cannot be met. */
	requirements: { programmeId: string; title: string; asked: Asked; because: Impossible }[];
};

/** Looks for broken cycles within the actor's reach. */
export async function checkCycles(ctx: Context): Promise<Findings> {
	demand(ctx, 'programme:view');
	const count = (kind: FindingKind) =>
		sql`(select count(distinct found.person_id)::int from (${behind[kind](ctx)}) found)`;
	const { rows } = await ctx.db.execute<Record<FindingKind, number>>(sql`
		select ${sql.join(
			findingKinds.map((kind) => sql`${count(kind)} as ${sql.identifier(kind)}`),
			sql`, `
		)}`);
	const { rows: requirements } = await ctx.db.execute<Findings['requirements'][number]>(sql`
		select p.id as "programmeId", p.title, ${whatIsRequired(sql`r`)} as asked, ${whyImpossible} as because
		from programmes p join programme_requirements r on r.version_id = p.current_version_id join units u on u.id = p.unit_id
		where p.archived_at is null and ${whyImpossible} is not null and ${within(ctx.actor, 'programme:view', sql`u.path`)}
		order by p.title, r.position`);
	return { ...rows[0]!, requirements };
}

export type FoundPerson = { id: string; name: string; staffNumber: string; unit: string; title: string };

/** The people behind a finding, by name, a page at a time. */
export function listFound(ctx: Context, kind: FindingKind, asked: AskedPage = {}): Promise<Page<FoundPerson>> {
	demand(ctx, 'programme:view');
	const order = { key: sql`p.name collate "zh-x-icu"`, id: sql`p.id`, type: 'text' as const };
	return readPage<FoundPerson>(asked, {
		size: 50,
		keyOf: ({ name, id }) => [name, id],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await ctx.db.execute<FoundPerson>(sql`
				select p.id, p.name, p.staff_number::text as "staffNumber", u.name as unit, p.title
				from people p join units u on u.id = p.unit_id
				where p.id in (select found.person_id from (${behind[kind](ctx)}) found) and ${where} ${rest}`);
			return rows;
		}
	});
}
