import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { addDays, dateOf, instantAt } from '#lib/server/platform/dates.ts';
import { stepsOn } from '#lib/server/programmes/reminders/cadence.ts';
import { deliverDigests } from '#lib/server/programmes/reminders/deliver-digests.ts';
import { findReminders } from '#lib/server/programmes/reminders/find-reminders.ts';
import { byDefault } from '#lib/server/programmes/reminders/settings.ts';
import { aCourse } from '../factories/courses.ts';
import { anAssignment } from '../factories/programmes.ts';
import { fillProvince } from './large-province.ts';

/** What reminding takes among so many people, in milliseconds. */
export interface ReminderFigure {
	people: number;
	duties: number;
	/** Duties of that day's steps. */
	found: number;
	/** Finding them. */
	find: number;
	/** A minute in which there is nothing to do. */
	idle: number;
	/** Their digests, in the app. */
	deliver: number;
}

const sizes = [100_000, 400_000];
const dutiesEach = 4;
/** A Tuesday in the middle of a year. */
const today = '2026-11-24';

/**
 * Measures one day's reminders: first among 100,000 people whose duties are spread over a year, one in fifty overdue; then among four
 * times as many, of whom the others have nothing that a step of the day names. @param url a migrated database of its own
 */
export async function benchReminders(url: string, tell = (_: string) => {}): Promise<ReminderFigure[]> {
	const pool = openPool(url);
	const base: Context = { db: connect(pool), actor: platformActor, now: instantAt(`${today}T07:00`) };
	const figures: ReminderFigure[] = [];
	try {
		await fillProvince(base, { people: 0 });
		await base.db.execute(sql`drop index people_words`);
		const assignments: { id: string; courseId: string }[] = [];
		for (let made = 0; made < dutiesEach; made++)
			assignments.push(await anAssignment(base, { course: await aCourse(base, { lessons: 1 }) }));
		let people = 0;
		for (const [round, size] of sizes.entries()) {
			tell(`Adding ${size - people} people with ${dutiesEach} duties each …`);
			await addPeople(base, size - people, round, assignments);
			people = size;
			figures.push(await measure(base, people, addDays(today, round)));
		}
		return figures;
	} finally {
		await pool.end();
	}
}

async function addPeople(
	{ db, now }: Context,
	count: number,
	round: number,
	assignments: { id: string; courseId: string }[]
): Promise<void> {
	await db.execute(sql`
		insert into people (id, staff_number, name, pinyin, initials, unit_id, title, created_at, updated_at)
		select gen_random_uuid(), ${`R${round}-`} || n, '示例' || n, 'shili', 'sl', office.id, '科员', ${now}, ${now}
		from generate_series(1, ${count}::int) n
		join (select id, row_number() over (order by path) - 1 as place, count(*) over () as total from units where kind = 'division') office on office.place = n % office.total`);
	// The first spread over a year and, one in fifty, over the half before it; the others keep clear of every step.
	const named = [today, addDays(today, 1)].flatMap((day) =>
		stepsOn(day, addDays(day, -1), byDefault).map(({ dueOn }) => dueOn)
	);
	const free = Array.from({ length: 365 }, (_, index) => addDays(today, index)).filter((day) => !named.includes(day));
	for (const [index, { id, courseId }] of assignments.entries()) {
		const dueOn =
			round === 0
				? sql`case when (n + ${index}) % 50 = 0 then date ${sql.raw(`'${today}'`)} - (n % 180) else date ${sql.raw(`'${today}'`)} + ((n * 7 + ${index} * 91) % 365) end`
				: sql`(${sql.param(free)}::date[])[1 + (n * 7 + ${index} * 91) % ${free.length}]`;
		await db.execute(sql`
			insert into obligations (id, person_id, course_id, unit_id, assignment_id, due_on, created_at)
			select gen_random_uuid(), p.id, ${courseId}, p.unit_id, ${id}, ${dueOn}, ${now}
			from (select id, unit_id, (row_number() over (order by id))::int as n from people where staff_number like ${`R${round}-%`}) p`);
	}
	await db.execute(sql`vacuum analyze obligations, people`);
}

async function measure(base: Context, people: number, day: string): Promise<ReminderFigure> {
	const at = (clock: string) => ({ ...base, now: instantAt(`${day}T${clock}`) });
	await base.db.execute(
		sql`insert into reminder_days ("on", worked_at) values (${addDays(day, -1)}, now()) on conflict do nothing`
	);
	let found = 0;
	const find = await timed(async () => (found = await findReminders(at('08:00'))));
	const idle = await timed(async () => {
		await findReminders(at('08:01'));
	});
	const deliver = await timed(() => deliverDigests(at('08:15')));
	const duties = await base.db.$count(sql`obligations`);
	if (dateOf(at('08:00').now) !== day) throw new Error('the day was measured in another zone');
	return { people, duties, found, find, idle, deliver };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await act();
	return performance.now() - begun;
}

export const reminderLines = (figures: ReminderFigure[]): string[] =>
	figures.map(
		({ people, duties, found, find, idle, deliver }) =>
			`reminders among ${people.toLocaleString('en')} people with ${duties.toLocaleString('en')} duties: ${found.toLocaleString('en')} found in ${Math.round(find)} ms; digests ${Math.round(deliver)} ms; an idle minute ${idle.toFixed(1)} ms`
	);
