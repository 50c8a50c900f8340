import { eq } from 'drizzle-orm';
import { audiences, audienceVersions } from '#db/schema/audiences.ts';
import {
	obligations,
	programmeAssignments,
	programmeRequirements,
	programmes,
	programmeVersions,
	requirementElectives
} from '#db/schema/programmes.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { anExemption } from './exemptions.ts';
import { aPerson, type Person } from './people.ts';
import { theProvince, type Unit } from './units.ts';

type Requirement = Omit<typeof programmeRequirements.$inferInsert, 'id' | 'versionId' | 'position'> & {
	electives?: { id: string }[];
};
type ProgrammeValues = Partial<typeof programmeVersions.$inferInsert> & {
	unit?: Unit;
	by?: Person;
	title?: string;
	requirements?: Requirement[];
	draft?: boolean;
};

/** A programme in force, of the province: forty training hours a year unless its requirements are given. */
export async function aProgramme(
	ctx: Context,
	{
		unit,
		by,
		title = '年度学法',
		requirements = [{ kind: 'hours', hours: 40 }],
		draft,
		...values
	}: ProgrammeValues = {}
) {
	const createdBy = (by ?? (await aPerson(ctx))).id;
	const id = newId();
	const unitId = (unit ?? (await theProvince(ctx))).id;
	await ctx.db.insert(programmes).values({ id, unitId, title, createdBy, createdAt: ctx.now });
	const version = { id: newId(), programmeId: id, number: 1, createdBy, createdAt: ctx.now, ...values };
	await ctx.db.insert(programmeVersions).values(version);

	const made: (typeof programmeRequirements.$inferSelect)[] = [];
	for (const [position, { electives = [], ...requirement }] of requirements.entries()) {
		const [row] = await ctx.db
			.insert(programmeRequirements)
			.values({ id: newId(), versionId: version.id, position, ...requirement })
			.returning();
		made.push(row!);
		for (const { id: courseId } of electives)
			await ctx.db.insert(requirementElectives).values({ requirementId: row!.id, courseId });
	}
	if (!draft) {
		await ctx.db.update(programmeVersions).set({ adoptedAt: ctx.now }).where(eq(programmeVersions.id, version.id));
		await ctx.db.update(programmes).set({ currentVersionId: version.id }).where(eq(programmes.id, id));
	}
	return { id, title, unitId, versionId: version.id, requirements: made };
}

export type Programme = Awaited<ReturnType<typeof aProgramme>>;

type AudienceValues = { unit?: Unit; name?: string; rule?: unknown };

/** A rule by name: everybody in its unit and below unless told otherwise. */
export async function anAudience(ctx: Context, { unit, name, rule }: AudienceValues = {}) {
	const owner = unit ?? (await theProvince(ctx));
	const [id, versionId, createdBy] = [newId(), newId(), (await aPerson(ctx)).id];
	const values = { unitId: owner.id, name: name ?? `范围${id.slice(-8)}`, createdBy, createdAt: ctx.now };
	await ctx.db.insert(audiences).values({ id, ...values });
	await ctx.db.insert(audienceVersions).values({
		id: versionId,
		audienceId: id,
		number: 1,
		rule: rule ?? { unit: { ids: [owner.id], subtree: true } },
		createdBy,
		createdAt: ctx.now
	});
	await ctx.db.update(audiences).set({ currentVersionId: versionId }).where(eq(audiences.id, id));
	return { id, versionId, unitId: owner.id };
}

export type Audience = Awaited<ReturnType<typeof anAudience>>;

type StandingValues = Partial<typeof programmeAssignments.$inferInsert> & {
	programme?: Programme;
	audience?: Audience;
};

/** A programme assigned to an audience, due at the end of the year, before any duty was made of it. */
export async function aStandingAssignment(ctx: Context, { programme, audience, ...values }: StandingValues = {}) {
	const of = programme ?? (await aProgramme(ctx));
	const whom = audience ?? (await anAudience(ctx));
	const [made] = await ctx.db
		.insert(programmeAssignments)
		.values({
			id: newId(),
			programmeId: of.id,
			audienceId: whom.id,
			unitId: of.unitId,
			reason: '年度计划',
			due: { kind: 'date', on: '2026-12-31' },
			startsOn: '2026-01-01',
			createdBy: (await aPerson(ctx)).id,
			createdAt: ctx.now,
			...values
		})
		.returning();
	return { ...made!, programme: of, audience: whom };
}

export type StandingAssignment = Awaited<ReturnType<typeof aStandingAssignment>>;

type DutyValues = Partial<typeof obligations.$inferInsert> & { person: Person; standing?: StandingAssignment };

/** Somebody owes the first requirement of a standing assignment. Announces nothing. */
export async function aProgrammeDuty(ctx: Context, { person, standing, ...values }: DutyValues) {
	const of = standing ?? (await aStandingAssignment(ctx));
	const requirement = of.programme.requirements[0]!;
	const [made] = await ctx.db
		.insert(obligations)
		.values({
			id: newId(),
			personId: person.id,
			kind: requirement.kind,
			courseId: requirement.courseId,
			requirementId: requirement.id,
			unitId: person.unitId,
			programmeAssignmentId: of.id,
			audienceVersionId: of.audience.versionId,
			periodOn: '2026-01-01',
			dueOn: '2026-12-31',
			createdAt: ctx.now,
			...values
		})
		.returning();
	return made!;
}

/** What marks an obligation as exempt, by an approved exemption of its person. */
export async function exemptMarks(ctx: Context, person: Person) {
	const decided = { state: 'approved' as const, decidedBy: (await aPerson(ctx)).id, decidedAt: ctx.now };
	const { id } = await anExemption(ctx, { person, ground: 'maternity', reason: '产假', ...decided });
	return { exemptAt: ctx.now, exemptionId: id };
}
