import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import type { DueRule } from '#lib/schemas/programmes.ts';
import type * as schemas from '#lib/schemas/requirements.ts';
import { appoint } from '../../people/appoint.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import { addDays, dateOf } from '../../platform/dates.ts';
import { askExemption } from '../../programmes/exemptions/ask-exemption.ts';
import { decideExemption } from '../../programmes/exemptions/decide-exemption.ts';
import { adoptVersion } from '../../programmes/requirements/adopt-version.ts';
import { assignProgramme } from '../../programmes/requirements/assign-programme.ts';
import { createProgramme } from '../../programmes/requirements/create-programme.ts';
import { addRequirement, editDraft } from '../../programmes/requirements/edit-draft.ts';
import { reconcile } from '../../programmes/requirements/reconcile.ts';
import { setProgramme } from '../../promotions/programme.ts';
import type { Calendar } from './calendar.ts';
import type { Library } from './duties.ts';

/** What the programmes of the demo need to know of the province. */
export interface Offices {
	/** The HR office of the province acting on a day, its deputy, and the administrator. */
	hr: (day?: number) => SignedIn;
	deputy: SignedIn;
	admin: SignedIn;
	rootId: string;
	countyId: string;
	library: Library;
	calendar: Calendar;
	/** Audiences by name. */
	audiences: Map<string, string>;
}

type Without<Union> = Union extends unknown ? Omit<Union, 'programmeId'> : never;
type Asked = Without<v.InferOutput<typeof schemas.addRequirement>>;

interface Plan {
	title: string;
	summary: string;
	terms?: Partial<v.InferOutput<typeof schemas.editDraft>>;
	asks: Asked[];
	audience: string;
	reason: string;
	/** When it was assigned, and from which date on. */
	day: number;
	startsOn: string;
	due: DueRule;
}

const once = {
	recurrence: 'once',
	validMonths: null,
	renewalMonths: null,
	priorMonths: null,
	joining: 'same-date',
	joiningDays: null
} as const;

/**
 * Three programmes by the domain's own commands: one that comes round every year, one for whoever joins, one that is renewed; a
 * few people who are exempt or ask to be; and newly promoted leaders with a class and an exam before them.
 */
export async function keepProgrammes(offices: Offices): Promise<void> {
	for (const plan of plansOf(offices)) await keepProgramme(offices, plan);
	await askToBeExempt(offices);
	await askForTime(offices);
	await promoteSome(offices);
}

function plansOf({ library, calendar }: Offices): Plan[] {
	const year = calendar.today.slice(0, 4);
	const january = Math.min(0, calendar.day(`${year}-01-01`) + 8);
	const course = (courseId: string): Asked => ({ kind: 'course', courseId, due: null });
	return [
		{
			title: '领导干部年度学法',
			summary: '每年学完一门课程，脱产培训记满40学时，参加一次专题讲座。',
			terms: { recurrence: 'yearly', joining: 'more-time', joiningDays: 90 },
			asks: [
				course(library.labourContract.id),
				{ kind: 'hours', hours: 40, hourCategory: 'class', due: null },
				{ kind: 'event', eventKind: 'lecture', eventPurpose: undefined, due: null }
			],
			audience: '全省领导干部',
			reason: '年度法治培训计划第一项',
			day: january,
			startsOn: `${year}-01-01`,
			due: { kind: 'period', day: 'last' }
		},
		{
			title: '新进人员岗前学法',
			summary: '入职后六个月内学完两门课程中的一门，此前一年内学过的算数。',
			terms: { priorMonths: 12 },
			asks: [
				{
					kind: 'electives',
					choose: 1,
					courseIds: [library.employmentPromotion.id, library.disputes.id],
					due: null
				}
			],
			audience: '入职一年内的人员',
			reason: '新录用人员培训办法第六条',
			day: -200,
			startsOn: calendar.date(-200),
			due: { kind: 'after', event: 'joining', months: 6 }
		},
		{
			title: '窗口人员持证复训',
			summary: '每24个月复训一次，到期前3个月起可以复训。',
			terms: { recurrence: 'after-completion', validMonths: 24, renewalMonths: 3, priorMonths: 24 },
			asks: [course(library.disputes.id)],
			audience: '编外和事业单位窗口人员',
			reason: '窗口服务规范第十二条',
			day: -120,
			startsOn: calendar.date(-120),
			due: { kind: 'date', on: calendar.date(45) }
		}
	];
}

async function keepProgramme({ hr, rootId, audiences }: Offices, plan: Plan): Promise<void> {
	const { title, summary, terms, asks, audience, day, ...assigned } = plan;
	const ctx = hr(day);
	const programmeId = await createProgramme(ctx, { unitId: rootId, title, summary });
	await editDraft(ctx, { programmeId, title, summary, ...once, ...terms });
	for (const asked of asks) await addRequirement(ctx, { programmeId, ...asked });
	await adoptVersion(ctx, { programmeId });
	const audienceId = audiences.get(audience)!;
	const { reason, startsOn, due } = assigned;
	const id = await assignProgramme(ctx, { programmeId, audienceId, reason, startsOn, endsOn: null, due });
	await reconcile(ctx, [id], 'all');
	await reconcile(hr(), [id], 'all');
}

const requests = [
	{ ground: 'retiring', reason: '明年三月到龄退休。', decision: 'approve', because: null },
	{ ground: 'long-leave', reason: '援疆一年，不在岗。', decision: 'approve', because: null },
	{
		kind: 'exemption',
		ground: 'other',
		reason: '业务繁忙。',
		decision: 'refuse',
		because: '不属于免训事由，可以申请延期。'
	},
	{ ground: 'retiring', reason: '后年一月到龄退休。', decision: null, because: null },
	{ ground: 'long-leave', reason: '脱产进修至明年七月。', decision: null, because: null }
] as const;

/** Of those who owe the yearly programme, some ask; two still wait for an answer. */
async function askToBeExempt({ hr, deputy }: Offices): Promise<void> {
	const ctx = hr();
	const { rows } = await ctx.db.execute<{ id: string; personId: string; unitPath: string }>(sql`
		select o.id, o.person_id as "personId", u.path::text as "unitPath" from obligations o join people p on p.id = o.person_id join units u on u.id = p.unit_id
		where o.kind = 'hours' and o.completed_at is null and p.id not in (${ctx.actor.personId}, ${deputy.actor.personId})
		order by p.staff_number desc limit ${requests.length}`);
	for (const [place, { id, personId, unitPath }] of rows.entries()) {
		const { ground, reason, decision, because } = requests[place]!;
		const own: SignedIn = { ...ctx, actor: { personId, unitPath, grants: [] } };
		const asked = { personId: null, obligationId: id, kind: 'exemption' as const, ground, reason, until: null };
		const exemptionId = await askExemption(own, asked);
		if (decision) await decideExemption(ctx, { exemptionId, decision, because });
	}
}

const delays = [
	{ ground: 'other', reason: '抽调参加全省专项督查，两个月后回来。', decision: null, because: null },
	{ ground: 'long-leave', reason: '驻村帮扶，一月轮换回来。', decision: 'approve', because: null }
] as const;

/** Of those whose course is due soon, two ask for a later date. */
async function askForTime({ hr, deputy }: Offices): Promise<void> {
	const ctx = hr();
	const { rows } = await ctx.db.execute<{ id: string; personId: string; unitPath: string; dueOn: string }>(sql`
		select o.id, o.person_id as "personId", u.path::text as "unitPath", o.due_on::text as "dueOn"
		from obligations o join people p on p.id = o.person_id join units u on u.id = p.unit_id
		where o.assignment_id is not null and o.completed_at is null and o.withdrawn_at is null and o.due_on > ${dateOf(ctx.now)} and p.status = 'active'
			and p.id not in (${ctx.actor.personId}, ${deputy.actor.personId})
			and not exists (select 1 from accounts a where a.person_id = p.id and a.password_hash is not null)
		order by o.due_on, p.staff_number limit ${delays.length}`);
	for (const [place, { id, personId, unitPath, dueOn }] of rows.entries()) {
		const { ground, reason, decision, because } = delays[place]!;
		const own: SignedIn = { ...ctx, actor: { personId, unitPath, grants: [] } };
		const until = addDays(dueOn, 60);
		const asked = { personId: null, obligationId: id, kind: 'deferral' as const, ground, reason, until };
		const exemptionId = await askExemption(own, asked);
		if (decision) await decideExemption(ctx, { exemptionId, decision, because });
	}
}

/** A class and exams belong to every promotion from now on; a few people of one county have just been promoted. */
async function promoteSome({ hr, admin, countyId, library, calendar }: Offices): Promise<void> {
	await setProgramme(admin, {
		...{ months: 12, courseIds: [library.newlyPromoted.id, library.labourContract.id] },
		...{ preExam: false, trainingClass: true, classMonths: 6, postExam: true, postMonths: null }
	});
	const ctx = hr(-2);
	for (const { id, unitId } of await listRisers(ctx, countyId))
		await appoint(ctx, {
			...{ personId: id, unitId, kind: 'promotion', title: '副股长', leadershipLevel: 'section-deputy', rank: null },
			...{ startsOn: calendar.date(-2), document: `望人社任〔${calendar.date(-2).slice(0, 4)}〕61号` }
		});
}

async function listRisers({ db, actor }: Context, countyId: string): Promise<{ id: string; unitId: string }[]> {
	const { rows } = await db.execute<{ id: string; unitId: string }>(sql`
		select p.id, p.unit_id as "unitId" from people p join units u on u.id = p.unit_id
		where u.path <@ (select path from units where id = (select parent_id from units where id = ${countyId})) and u.id <> ${countyId}
			and p.status = 'active' and p.leadership_level is null and p.id <> ${actor.personId}
			and not exists (select 1 from accounts a where a.person_id = p.id and a.password_hash is not null)
			and not exists (select 1 from posts o where o.person_id = p.id and o.starts_on > '2020-01-01' and o.kind <> 'initial')
		order by p.staff_number limit 4`);
	return rows;
}
