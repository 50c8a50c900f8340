import { sql } from 'drizzle-orm';
import { auditEntries } from '#db/schema/audit.ts';
import {
	courseCompletions,
	lessonCompletions,
	lessonNotes,
	masteryCheckQuestions,
	masteryChecks,
	readingPositions
} from '#db/schema/courses.ts';
import { externalTrainings } from '#db/schema/events.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { notifications } from '#db/schema/notifications.ts';
import { people, posts } from '#db/schema/people.ts';
import { assignments, assignmentTargets, obligations } from '#db/schema/programmes.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import { accounts } from '#db/schema/sessions.ts';
import { grants, unitPeriods, units } from '#db/schema/units.ts';
import { markDirty, refreshRollups } from '../../completion/refresh-rollups.ts';
import { gatheringMinutes } from '../../notifications/digest-moment.ts';
import { batchesOf } from '../../platform/batches.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { keepFile } from '../../platform/files/keep-file.ts';
import { newSecret } from '../../platform/ids.ts';
import { type Role, roles } from '../../platform/roles.ts';
import { deliverDigests } from '../../programmes/reminders/deliver-digests.ts';
import { findReminders } from '../../programmes/reminders/find-reminders.ts';
import { setProgramme } from '../../promotions/programme.ts';
import type { DemoSignIn } from '../../sessions/demo-sign-ins.ts';
import { hashPassword } from '../../sessions/password.ts';
import { keepAudiences } from './audiences.ts';
import { calendarOf } from './calendar.ts';
import { keepCertificates } from './certificates.ts';
import { type Making, makePerson, type Person, type WayIn } from './careers.ts';
import { certificateFile } from './certificate-file.ts';
import { chanceOf } from './chance.ts';
import { doDailyWork } from './daily-work.ts';
import { keepAssignments, libraryOf, planAssignments } from './duties.ts';
import { holdEvents } from './events.ts';
import { holdExams } from './exams.ts';
import { hasUnits } from './has-units.ts';
import { keepOffices } from './keep-offices.ts';
import { readCourses } from './library.ts';
import { type Office, planOffices } from './offices.ts';
import { owe, type Owing } from './owe.ts';
import { openRecords } from './records.ts';
import { keepProgrammes } from './programmes.ts';
import { assessYears, pressLateOnes } from './results.ts';
import { keepGrant, roleAt, rolesOf } from './roles.ts';
import { reportYears } from './unit-reports.ts';
import { type Training, trainElsewhere } from './training.ts';
import { rowsFor } from './write-rows.ts';

export interface Province {
	people: number;
	units: number;
	/** One for each role, with a password of its own in every data folder. */
	signIns: DemoSignIn[];
}

/** Up to this many people every try at a check is kept with its answers; beyond, the passed ones without. */
const detailedUpTo = 5_000;
const rowsAtOnce = 60_000;
const monthsToTrain = 12;

/**
 * Fills an empty database with a fictional province: its offices, people, posts and roles, and two years of study with
 * everything that follows from it. The same day, number and course library give the same province, but for passwords.
 * @throws a sentence where the database is not empty or has no courses
 */
export function loadProvince(ctx: Context, { people: count = 2_000, seed = 'mingfa' } = {}): Promise<Province> {
	return atomically(ctx, async (ctx) => {
		if (await hasUnits(ctx))
			throw new Error(
				'The database holds units already, and the demo province needs an empty one: name another MINGFA_DATA or DATABASE_URL.'
			);
		const calendar = calendarOf(dateOf(ctx.now));
		const chance = chanceOf(seed);
		const library = libraryOf(await readCourses(ctx));
		const offices = planOffices(count, chance, calendar);
		const byId = new Map(offices.map((office) => [office.id, office]));
		const rows = rowsFor(tables);
		keepOffices(offices, { rows, chance, calendar });

		const ways = await waysIn(ctx);
		const plans = planAssignments(offices, library, chance, calendar);
		const making: Making = { chance, calendar, rows, another: neighbours(offices, chance), number: 0 };
		const programme = { courses: [library.newlyPromoted, library.labourContract], months: monthsToTrain };
		const detailed = count <= detailedUpTo;
		const owing: Owing = {
			chance,
			calendar,
			rows,
			detailed,
			assignments: plans,
			programme,
			cases: { late: 0, soon: 0, later: 0 },
			newcomers: 0
		};
		const staff = new Map<Role | 'hr-deputy', Person>();

		const centre = offices.filter(({ city }) => city === null);
		const made = centre.flatMap(fill);
		keepAssignments(plans, staff.get('hr')!, offices[0]!, { rows, calendar, chance });
		const as = (role: Role | 'hr-deputy', day = 0) =>
			acting(ctx, staff.get(role)!, role === 'hr-deputy' ? 'hr' : role, offices[0]!, calendar.instant(day, 9));
		await rows.write(ctx); // whoever brings the proof of the training is there before it
		const training: Training = {
			...{ chance: chanceOf(`${seed} training`), calendar, rows },
			proofId: await keepFile(as('hr'), { name: '集中培训学时确认表.pdf', bytes: certificateFile }, { types: ['pdf'] }),
			deciders: [staff.get('hr')!, staff.get('hr-deputy')!]
		};
		for (const person of made) settle(person);
		for (const office of offices.filter(({ city }) => city !== null)) {
			for (const person of fill(office)) settle(person);
			if (rows.count > rowsAtOnce) await rows.write(ctx);
		}
		await rows.write(ctx);
		await ctx.db.execute(sql`analyze`);

		await setProgramme(as('admin', -640), { months: monthsToTrain, courseIds: programme.courses.map(({ id }) => id) });
		await pressLateOnes(as('hr'), plans, calendar);
		await remind(ctx);
		await holdExams({
			legal: as('legal'),
			rootId: offices[0]!.id,
			cityId: offices.find(({ type, city }) => type === 'city' && city === staff.get('liaison')!.office.city)!.id,
			countyId: staff.get('learner')!.office.id,
			learnerId: staff.get('learner')!.id,
			calendar,
			chance
		});
		await holdEvents({
			hr: as('hr'),
			rootId: offices[0]!.id,
			cityId: offices.find(({ type, city }) => type === 'city' && city === staff.get('liaison')!.office.city)!.id,
			countyId: staff.get('learner')!.office.id,
			learnerId: staff.get('learner')!.id,
			calendar,
			chance
		});
		await keepProgrammes({
			hr: (day = 0) => as('hr', day),
			deputy: as('hr-deputy'),
			admin: as('admin'),
			rootId: offices[0]!.id,
			countyId: staff.get('learner')!.office.id,
			library,
			calendar,
			audiences: await keepAudiences(as('hr', -320), offices[0]!.id)
		});
		await doDailyWork({
			hr: (day = 0) => as('hr', day),
			liaison: (day = 0) => as('liaison', day),
			countyId: staff.get('learner')!.office.id,
			calendar
		});
		await refreshFigures(ctx, offices);
		await keepCertificates({
			hr: as('hr'),
			rootId: offices[0]!.id,
			courseId: library.newlyPromoted.id,
			since: calendar.date(-300)
		});
		await openRecords(as('hr'), as('learner'), calendar);
		await assessYears({ chief: as('hr'), deputy: as('hr-deputy'), leader: as('leader') }, offices, calendar);
		await reportYears({
			legal: as('legal'),
			liaison: as('liaison'),
			leader: as('leader'),
			rootId: offices[0]!.id,
			cities: offices.filter(({ type }) => type === 'city'),
			cityId: offices.find(({ type, city }) => type === 'city' && city === staff.get('liaison')!.office.city)!.id,
			calendar
		});
		await ctx.db.execute(sql`analyze`); // the first page is planned by what now stands in the tables
		return { people: making.number, units: offices.length, signIns: [...ways.values()].map(({ signIn }) => signIn) };

		function fill(office: Office): Person[] {
			return Array.from({ length: office.size }, (_, place) => {
				const role = roleAt(office, place);
				const person = makePerson(making, office, place, role && ways.get(role)?.way);
				if (role) staff.set(role, person);
				if (office.name === '人事处' && place === 1) staff.set('hr-deputy', person);
				making.number++;
				return person;
			});
		}

		function settle(person: Person): void {
			const parent = byId.get(person.office.parentId ?? '');
			if (person.left === null) {
				for (const { role, over } of rolesOf(person, person.office, parent, offices[0]!))
					keepGrant(making, person, role, over, staff.get('admin'));
			}
			owe(owing, person, staff.get('learner') === person ? 'learner' : undefined);
			trainElsewhere(training, person);
		}
	});
}

/** In the order in which they are written: a table after those that its foreign keys name. */
const tables = [
	units,
	unitPeriods,
	people,
	posts,
	accounts,
	grants,
	assignments,
	assignmentTargets,
	promotions,
	promotionRequirements,
	masteryChecks,
	masteryCheckQuestions,
	lessonCompletions,
	courseCompletions,
	externalTrainings,
	hourEntries,
	obligations,
	readingPositions,
	lessonNotes,
	notifications,
	auditEntries
];

/** The reminders of today, found a while ago, so that their digests have gone out; at night and on weekends there are none. */
async function remind(ctx: Context): Promise<void> {
	await findReminders({ ...ctx, now: new Date(ctx.now.getTime() - (gatheringMinutes + 1) * 60_000) });
	await deliverDigests(ctx);
}

/** A new password for each role; nothing of it can be guessed from the seed. */
async function waysIn({ now }: Context): Promise<Map<Role, { signIn: DemoSignIn; way: WayIn }>> {
	const made = roles.map(async (role) => {
		const password = newSecret().slice(0, 16);
		const way = { username: role, passwordHash: await hashPassword(password), passwordChangedAt: now };
		return [role, { signIn: { role, account: role, password }, way }] as const;
	});
	return new Map(await Promise.all(made));
}

/** Finds another office of the same type, for those who came from elsewhere. */
function neighbours(offices: Office[], { pick }: { pick: (list: readonly Office[]) => Office }): Making['another'] {
	const alike = Map.groupBy(offices, ({ type }) => type);
	return (office) => pick(alike.get(office.type) ?? [office]);
}

function acting(ctx: Context, { id, office }: Person, role: Role, root: Office, now: Date): SignedIn {
	return { ...ctx, now, actor: { personId: id, unitPath: office.path, grants: [{ role, unitPath: root.path }] } };
}

/** Rolls up the figures of every unit for the years in which something was due. */
async function refreshFigures(ctx: Context, offices: Office[]): Promise<void> {
	const now = Number(dateOf(ctx.now).slice(0, 4));
	const years = [now - 2, now - 1, now, now + 1];
	const marks = offices.flatMap(({ id }) => years.map((year) => ({ unitId: id, year })));
	for (const part of batchesOf(marks, 10_000)) await markDirty(ctx, { units: part });
	await refreshRollups(ctx);
}
