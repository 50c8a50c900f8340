import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { programmeRequirements, programmes } from '#db/schema/programmes.ts';
import { promotionCourses, promotionRules } from '#db/schema/promotions.ts';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type { DueRule } from '#lib/schemas/programmes.ts';
import type * as schemas from '#lib/schemas/promotions.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { idList } from '../platform/id-list.ts';
import { adoptAtOnce, type Wanted } from '../programmes/requirements/adopt-at-once.ts';
import type { RequirementKind } from '../programmes/requirements/evidence.ts';
import { whatIsAsked } from '../programmes/what-is-asked.ts';
import { findRoot } from '../units/queries.ts';

/** How long a newly promoted leader has where nothing else was decided. */
const defaultMonths = 12;
/** A class or an exam of the year before counts. */
const priorMonths = 12;

/** One thing that every promotion brings, and by when; what is no course is said by its requirement. */
export type ProgrammeItem = {
	kind: RequirementKind;
	courseId: string | null;
	requirementId: string | null;
	due: DueRule;
};

export type Programme = { months: number; items: ProgrammeItem[] };

const afterPromotion = (months: number): DueRule => ({ kind: 'after', event: 'promotion', months });

/** The newly promoted leaders' programme as it stands: what it brings, and the months from the start in the post. */
export async function getProgramme({ db }: Context): Promise<Programme> {
	const [rule] = await db.select().from(promotionRules);
	const months = rule?.months ?? defaultMonths;
	if (rule?.programmeId) {
		const { rows } = await db.execute<ProgrammeItem & { due: DueRule | null }>(sql`
			select r.kind, r.course_id as "courseId", case when r.course_id is null then r.id end as "requirementId", r.due
			from ${programmes} p join ${programmeRequirements} r on r.version_id = p.current_version_id
			where p.id = ${rule.programmeId} order by r.position`);
		return { months, items: rows.map((row) => ({ ...row, due: row.due ?? afterPromotion(months) })) };
	}
	const required = await db.select().from(promotionCourses);
	const due = afterPromotion(months);
	return {
		months,
		items: required.map(({ courseId }) => ({ kind: 'course' as const, courseId, requirementId: null, due }))
	};
}

export type ProgrammeCourse = { id: string; title: { 'zh-CN': string; en: string } };
export type ProgrammeDuty = { asked: Asked; due: DueRule };

/** The programme in words: its months, its courses in the order of the library, and what else it asks for. */
export async function describeProgramme(
	ctx: Context
): Promise<{ months: number; courses: ProgrammeCourse[]; others: ProgrammeDuty[] }> {
	const { months, items } = await getProgramme(ctx);
	const courses = await titled(ctx, sql`c.id in ${idList(items.flatMap(({ courseId }) => courseId ?? []))}`);
	const others: ProgrammeDuty[] = [];
	for (const { kind, requirementId, due } of items) {
		if (!requirementId) continue;
		const { rows } = await ctx.db.execute<{ asked: Asked }>(sql`
			select ${whatIsAsked(sql`o`)} as asked from (select ${kind}::text as kind, null::uuid as course_id, ${requirementId}::uuid as requirement_id) o`);
		if (rows[0]) others.push({ asked: rows[0].asked, due });
	}
	return { months, courses, others };
}

/** Courses that the programme can have: those of the library, and archived ones that it has already. */
export async function listProgrammeChoices(ctx: Context): Promise<ProgrammeCourse[]> {
	const { items } = await getProgramme(ctx);
	return titled(
		ctx,
		sql`(c.archived_at is null or c.id in ${idList(items.flatMap(({ courseId }) => courseId ?? []))})`
	);
}

async function titled({ db }: Context, which: SQL): Promise<ProgrammeCourse[]> {
	const { rows } = await db.execute<ProgrammeCourse>(
		sql`select c.id, v.title from courses c join course_versions v on v.id = c.current_version_id where ${which} order by c.position, c.slug`
	);
	return rows;
}

type Asking = v.InferOutput<typeof schemas.setProgramme>;

/**
 * Changes the programme for promotions to come: a new version of it, in force at once. Cases that are open keep what they were
 * opened with.
 * @param title what the programme is called in the list of programmes
 * @throws forbidden access.forbidden, not-found unit.not-found where there is no unit yet
 */
export function setProgramme(
	ctx: SignedIn,
	asking: Pick<Asking, 'months' | 'courseIds'> & Partial<Asking>,
	title = '新提任领导培训'
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'settings:edit');
		const { programmeId, number } = await adoptAtOnce(ctx, await ownProgramme(ctx, title), {
			priorMonths,
			wanted: wantedOf(asking)
		});
		await ctx.db
			.insert(promotionRules)
			.values({ months: asking.months, programmeId })
			.onConflictDoUpdate({ target: promotionRules.id, set: { months: asking.months, programmeId } });
		await record(ctx, 'promotion-programme.changed', programmeId, { number, months: asking.months });
	});
}

/** In the order in which it is usually done: the exam before the post, courses, the class, the exam after it. */
function wantedOf({
	months,
	courseIds,
	preExam,
	trainingClass,
	classMonths,
	postExam,
	postMonths
}: Parameters<typeof setProgramme>[1]): Wanted[] {
	const wanted: Wanted[] = courseIds.map((courseId) => ({ kind: 'course', courseId, due: afterPromotion(months) }));
	if (preExam) wanted.unshift({ kind: 'exam', examPurpose: 'pre-appointment', due: { kind: 'before-start' } });
	if (trainingClass)
		wanted.push({
			...{ kind: 'event', eventKind: 'training-class', eventPurpose: 'newly-promoted' },
			due: afterPromotion(classMonths ?? months)
		});
	if (postExam)
		wanted.push({ kind: 'exam', examPurpose: 'post-appointment', due: afterPromotion(postMonths ?? months) });
	return wanted;
}

/** The programme that promotions name; there being none, whose the first one is to be: of the topmost unit. */
async function ownProgramme(ctx: SignedIn, title: string): Promise<Parameters<typeof adoptAtOnce>[1]> {
	const [rule] = await ctx.db.select().from(promotionRules).for('update');
	if (rule?.programmeId) return { programmeId: rule.programmeId };
	const root = await findRoot(ctx);
	if (!root) throw notFound('unit');
	return { unitId: root.id, title };
}
