import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import {
	adoptVersion,
	archiveProgramme,
	beginVersion,
	discardDraft
} from '#lib/server/programmes/requirements/adopt-version.ts';
import { assignProgramme, withdrawProgramme } from '#lib/server/programmes/requirements/assign-programme.ts';
import { getStandingAssignment, listStandingAssignments } from '#lib/server/programmes/requirements/assignments.ts';
import { checkCycles, listFound } from '#lib/server/programmes/requirements/check-cycles.ts';
import { createProgramme } from '#lib/server/programmes/requirements/create-programme.ts';
import {
	addRequirement,
	editDraft,
	moveRequirement,
	removeRequirement
} from '#lib/server/programmes/requirements/edit-draft.ts';
import { explainDuty } from '#lib/server/programmes/requirements/explain-duty.ts';
import { grantEquivalent, revokeEquivalent } from '#lib/server/programmes/requirements/grant-equivalent.ts';
import { eachDuty, listDuties } from '#lib/server/programmes/requirements/list-duties.ts';
import { reconcileMarked } from '#lib/server/programmes/requirements/mark-dirty.ts';
import { previewProgramme } from '#lib/server/programmes/requirements/preview-programme.ts';
import { getProgramme, listProgrammes } from '#lib/server/programmes/requirements/queries.ts';
import { readEquivalentProof } from '#lib/server/programmes/requirements/read-equivalent-proof.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPdf } from '#tests/factories/files.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anAudience } from '#tests/factories/requirements.ts';
import { as, aUnit, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const hr = async (ctx: Parameters<typeof aPerson>[0], unit: Unit): Promise<SignedIn> =>
	as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });

const terms = {
	title: '年度学法',
	summary: null,
	recurrence: 'once' as const,
	validMonths: null,
	renewalMonths: null,
	priorMonths: null,
	joining: 'same-date' as const,
	joiningDays: null
};
const plan = {
	reason: '年度计划第四项',
	startsOn: '2026-11-01',
	endsOn: null,
	due: { kind: 'date' as const, on: '2026-12-31' }
};

/** A city whose HR has put a programme in force: one course and forty hours. */
async function aCity(base: Parameters<typeof aPerson>[0]) {
	const city = await aUnit(base, { kind: 'city' });
	const county = await aUnit(base, { below: city });
	const ctx = await hr(base, city);
	const course = await aCourse(ctx, { lessons: 1 });
	const programmeId = await createProgramme(ctx, { unitId: city.id, title: '年度学法', summary: null });
	await addRequirement(ctx, { programmeId, kind: 'course', courseId: course.id, due: null });
	await addRequirement(ctx, { programmeId, kind: 'hours', hours: 40, due: null });
	const audience = await anAudience(ctx, { unit: county });
	return { city, county, ctx, course, programmeId, audience };
}

test('a draft is worded, adopted, and frozen; the next version begins with what stands', async ({ ctx: base }) => {
	const { ctx, programmeId, course } = await aCity(base);
	await expect(addRequirement(ctx, { programmeId, kind: 'course', courseId: course.id, due: null })).rejects.toThrow(
		'requirement.repeated'
	);
	await editDraft(ctx, { programmeId, ...terms, title: '机关学法', priorMonths: 12 });
	const [first, second] = (await getProgramme(ctx, programmeId)).draft!.requirements;
	await moveRequirement(ctx, { programmeId, requirementId: first!.id, to: 'down' });
	expect((await getProgramme(ctx, programmeId)).draft!.requirements.map(({ id }) => id)).toEqual([
		second!.id,
		first!.id
	]);

	await adoptVersion(ctx, { programmeId });
	await expect(editDraft(ctx, { programmeId, ...terms })).rejects.toThrow('programme.no-draft');
	await beginVersion(ctx, { programmeId });
	const { draft, current, versions } = await getProgramme(ctx, programmeId);
	expect(versions.map(({ number }) => number)).toEqual([2, 1]);
	expect(draft!.requirements.map(({ asked }) => asked)).toEqual(current!.requirements.map(({ asked }) => asked));
	await removeRequirement(ctx, { programmeId, requirementId: draft!.requirements[0]!.id, to: 'up' });
	expect(await discardDraft(ctx, { programmeId })).toEqual({ gone: false });
	expect((await listProgrammes(ctx, { q: '机关' })).rows).toMatchObject([
		{ title: '机关学法', state: 'in-force', number: 1, requirements: 2, assignments: 0, drafting: false }
	]);
	await archiveProgramme(ctx, { programmeId });
	expect((await listProgrammes(ctx, { q: '机关' })).rows).toEqual([]);
});

test('the preview says what assigning then makes; withdrawing takes back what is open', async ({ ctx: base }) => {
	const { ctx, county, course, programmeId, audience } = await aCity(base);
	const [done, other] = [await aPerson(base, { unit: county }), await aPerson(base, { unit: county })];
	await aCompletion(ctx, { person: done, course });
	await expect(assignProgramme(ctx, { programmeId, audienceId: audience.id, ...plan })).rejects.toThrow(
		'programme.not-adopted'
	);
	await adoptVersion(ctx, { programmeId });

	const preview = await previewProgramme(ctx, { programmeId, audienceId: audience.id, ...plan });
	expect(preview).toMatchObject({ people: 2, duties: 4, fulfilled: 1, firstDueOn: '2026-12-31' });
	expect(preview.sample).toHaveLength(2);
	const id = await assignProgramme(ctx, { programmeId, audienceId: audience.id, ...plan });
	expect((await getStandingAssignment(ctx, id)).pending).toBe(true);
	await reconcileMarked(ctx);
	expect(await getStandingAssignment(ctx, id)).toMatchObject({ counts: { completed: 1, open: 3 }, pending: false });
	expect((await listDuties(ctx, id, { q: other.name, state: 'open' })).rows).toHaveLength(2);
	expect(await Array.fromAsync(eachDuty(ctx, id, {}))).toHaveLength(4);

	const county_hr = await hr(base, county);
	expect(await getStandingAssignment(county_hr, id)).toMatchObject({ mayWithdraw: true });
	const elsewhere = await hr(base, await aUnit(base));
	await expect(getStandingAssignment(elsewhere, id)).rejects.toThrow('assignment.not-found');
	await expect(withdrawProgramme(elsewhere, { assignmentId: id, because: '重复' })).rejects.toThrow(
		'assignment.not-found'
	);
	expect(await withdrawProgramme(ctx, { assignmentId: id, because: '与年度统一安排重复' })).toBe(3);
	expect((await listStandingAssignments(ctx, programmeId))[0]).toMatchObject({
		counts: { completed: 1, withdrawn: 3 }
	});
});

test('a new version goes on with what it asks alike, and says why the rest is asked no more', async ({ ctx: base }) => {
	const { ctx, county, programmeId, audience } = await aCity(base);
	const person = await aPerson(base, { unit: county });
	await adoptVersion(ctx, { programmeId });
	await assignProgramme(ctx, { programmeId, audienceId: audience.id, ...plan });
	await reconcileMarked(ctx);
	const dutiesOf = () => ctx.db.select().from(obligations).where(eq(obligations.personId, person.id));
	const [before] = (await dutiesOf()).filter(({ kind }) => kind === 'course');

	await beginVersion(ctx, { programmeId });
	const { draft } = await getProgramme(ctx, programmeId);
	await removeRequirement(ctx, { programmeId, requirementId: draft!.requirements[1]!.id, to: 'up' });
	await addRequirement(ctx, { programmeId, kind: 'hours', hours: 30, due: null });
	await adoptVersion(ctx, { programmeId });
	await reconcileMarked(ctx);

	const after = await dutiesOf();
	expect(after.find(({ id }) => id === before!.id)).toMatchObject({
		withdrawnAt: null,
		requirementId: draft!.requirements[0]!.id
	});
	expect(
		after
			.filter(({ kind }) => kind === 'hours')
			.map(({ withdrawnBecause }) => withdrawnBecause)
			.sort()
	).toEqual(['new-version', null]);
});

test('an equivalent closes a duty as far back as earlier learning counts, never by oneself, and can be taken back', async ({
	ctx: base
}) => {
	const { ctx, county, programmeId, audience } = await aCity(base);
	const person = await aPerson(base, { unit: county });
	await editDraft(ctx, { programmeId, ...terms, priorMonths: 12 });
	await adoptVersion(ctx, { programmeId });
	await assignProgramme(ctx, { programmeId, audienceId: audience.id, ...plan });
	await reconcileMarked(ctx);
	const [duty] = (await ctx.db.select().from(obligations).where(eq(obligations.personId, person.id))).filter(
		({ kind }) => kind === 'hours'
	);
	const grant = { obligationId: duty!.id, what: '党校法治专题班', on: '2026-03-01' };
	const owner = as(base, person.id, { role: 'hr', unit: county });
	await expect(grantEquivalent(owner, grant)).rejects.toThrow('access.own-case');
	await expect(grantEquivalent(ctx, { ...grant, on: '2025-10-31' })).rejects.toThrow('equivalent.too-old');

	await grantEquivalent(ctx, grant);
	const explained = await explainDuty(owner, duty!.id);
	expect(explained).toMatchObject({
		state: 'completed',
		own: true,
		evidence: { kind: 'equivalent', what: '党校法治专题班' },
		programme: { title: '年度学法', number: 1, audienceNumber: 1 },
		belonging: { audienceUnit: county.name, why: { belongs: true, bounded: true, serving: true } }
	});
	await revokeEquivalent(ctx, { equivalentId: (explained.evidence as { id: string }).id, because: '证明有误' });
	expect(await explainDuty(ctx, duty!.id)).toMatchObject({ state: 'open', evidence: null, own: false });
	const stranger = as(base, (await aPerson(base)).id);
	await expect(explainDuty(stranger, duty!.id)).rejects.toThrow('obligation.not-found');
});

test('the proof of an equivalent is for the person and for those who decide; whoever else reads it is on record', async ({
	ctx: base
}) => {
	const { ctx, county, programmeId, audience } = await aCity(base);
	const person = await aPerson(base, { unit: county });
	await editDraft(ctx, { programmeId, ...terms, priorMonths: 12 });
	await adoptVersion(ctx, { programmeId });
	await assignProgramme(ctx, { programmeId, audienceId: audience.id, ...plan });
	await reconcileMarked(ctx);
	const [duty] = (await ctx.db.select().from(obligations).where(eq(obligations.personId, person.id))).filter(
		({ kind }) => kind === 'hours'
	);
	const file = new File([new Uint8Array(aPdf())], '结业证书.pdf');
	await grantEquivalent(ctx, { obligationId: duty!.id, what: '党校法治专题班', on: '2026-03-01', file });

	expect((await readEquivalentProof(as(base, person.id), duty!.id)).name).toBe('结业证书.pdf');
	const looks = () => ctx.db.$count(auditEntries, eq(auditEntries.action, 'equivalent.proof-read'));
	expect(await looks()).toBe(0);
	expect((await readEquivalentProof(ctx, duty!.id)).type).toBe('application/pdf');
	expect(await looks()).toBe(1);
	const leader = as(base, (await aPerson(base)).id, { role: 'leader', unit: county });
	const elsewhere = as(base, (await aPerson(base)).id, { role: 'hr', unit: await aUnit(base) });
	for (const other of [leader, elsewhere])
		await expect(readEquivalentProof(other, duty!.id)).rejects.toThrow('file.not-found');
});

test('the check finds who is asked nothing, or the same twice, and what nobody can complete', async ({ ctx: base }) => {
	const { ctx, county, city, programmeId, audience, course } = await aCity(base);
	const person = await aPerson(base, { unit: county });
	await adoptVersion(ctx, { programmeId });
	const quiet = await checkCycles(ctx);
	expect(quiet).toMatchObject({ doubled: 0, orphaned: 0, impossible: 0, requirements: [] });
	for (const audienceId of [audience.id, (await anAudience(ctx, { unit: city })).id])
		await assignProgramme(ctx, { programmeId, audienceId, ...plan });
	await reconcileMarked(ctx);
	await ctx.db.execute(`update courses set archived_at = now() where id = '${course.id}'`);
	const outside = await aPerson(base, { unit: city });

	const found = await checkCycles(ctx);
	expect(found).toMatchObject({
		uncovered: 1,
		doubled: 1,
		orphaned: 0,
		requirements: [{ because: 'course-archived' }]
	});
	expect(found.impossible).toBeGreaterThan(0);
	expect((await listFound(ctx, 'doubled')).rows.map(({ id }) => id)).toEqual([person.id]);
	expect((await listFound(ctx, 'uncovered')).rows.map(({ id }) => id)).toEqual([outside.id]);
});
