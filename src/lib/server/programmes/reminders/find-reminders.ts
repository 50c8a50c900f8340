import { sql } from 'drizzle-orm';
import { reminderDays, reminders } from '#db/schema/reminders.ts';
import { isQuiet } from '../../notifications/quiet-hours.ts';
import { readWorkingDays } from '../../notifications/read-working-days.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { addDays, type CalendarDate, dateOf, startOfDay } from '../../platform/dates.ts';
import { isLive } from '../obligation-state.ts';
import { type Step, stepsOn } from './cadence.ts';
import { tellOfOverdue, weekOf } from './tell-of-overdue.ts';
import { getReminderSettings, quietOf } from './settings.ts';

/** Exams and events are spoken of in their last week only: they are announced when they are set. */
const nearDays = 7;

/**
 * Finds whom to remind today, once a day, after quiet hours have ended: of duties, exams and events that the day's steps name. Days
 * that were missed are made up for. Asked every minute, it costs one look at a date until there is something to do; then what is due
 * on the dates of the steps, never what there is. @returns how many reminders
 */
export async function findReminders(ctx: Context): Promise<number> {
	const today = dateOf(ctx.now);
	const [last] = await ctx.db
		.select({ on: sql<CalendarDate | null>`max(${reminderDays.on})::text` })
		.from(reminderDays);
	if (last?.on && last.on >= today) return 0;
	const settings = await getReminderSettings(ctx);
	const days = await readWorkingDays(ctx);
	if (!settings.active || isQuiet(ctx.now, quietOf(settings, days))) return 0;

	return atomically(ctx, async (ctx) => {
		// Whoever comes second waits here, and finds the day taken.
		const taken = await ctx.db
			.insert(reminderDays)
			.values({ on: today, workedAt: ctx.now })
			.onConflictDoNothing()
			.returning({ on: reminderDays.on });
		if (taken.length === 0) return 0;
		const count = await remindOn(ctx, stepsOn(today, last?.on ?? null, { ...settings, days }));
		if (!last?.on || weekOf(last.on) < weekOf(today)) await tellOfOverdue(ctx, settings);
		await ctx.db
			.update(reminderDays)
			.set({ reminders: count })
			.where(sql`${reminderDays.on} = ${today}`);
		return count;
	});
}

/** Makes the reminders of some steps; whatever was made before is not made again. */
export async function remindOn(ctx: Context, steps: Step[]): Promise<number> {
	const near = steps.filter(
		({ step, dueOn }) => step.startsWith('before') && dueOn <= addDays(dateOf(ctx.now), nearDays + 2)
	);
	const duties = await remindOfDuties(ctx, steps);
	const exams = await remindOfExams(ctx, near);
	const events = await remindOfEvents(ctx, near);
	return duties + exams + events;
}

const recordset = (steps: Step[]) =>
	sql`json_to_recordset(${JSON.stringify(steps)}::json) as s (step text, "dueOn" date)`;

async function remindOfDuties({ db, now }: Context, steps: Step[]): Promise<number> {
	const today = dateOf(now);
	const dates = sql.param([...new Set(steps.map(({ dueOn }) => dueOn))]);
	const { rowCount } = await db.execute(sql`
		insert into ${reminders} (id, person_id, obligation_id, step, due_on, made_at)
		select gen_random_uuid(), o.person_id, o.id, s.step, o.due_on, ${now}
		from obligations o
		join ${recordset(steps)} on s."dueOn" = o.due_on
		join people p on p.id = o.person_id and p.status = 'active'
		where o.due_on = any(${dates}::date[]) and ${isLive(sql`o`)}
			and (o.opens_on is null or o.opens_on <= ${today}::date) and (o.expires_on is null or o.expires_on >= ${today}::date)
		order by o.person_id, o.id
		on conflict do nothing`);
	return rowCount ?? 0;
}

/** Of exams that open, or that one can enter from, on the date of a step: who is due to sit and has not sat. */
async function remindOfExams({ db, now }: Context, steps: Step[]): Promise<number> {
	let count = 0;
	for (const { step, dueOn } of steps) {
		const [from, until] = [startOfDay(dueOn), startOfDay(addDays(dueOn, 1))];
		const { rowCount } = await db.execute(sql`
			insert into ${reminders} (id, person_id, exam_id, step, due_on, made_at)
			select gen_random_uuid(), c.person_id, c.exam_id, ${step}, ${dueOn}, ${now}
			from exams e join exam_candidates c on c.exam_id = e.id join people p on p.id = c.person_id and p.status = 'active'
			where e.state = 'published' and e.kind <> 'mock' and e.opens_at < ${until} and e.closes_at > ${from}
				and c.opens_at >= ${from} and c.opens_at < ${until} and c.status = 'due'
			order by c.person_id, c.exam_id
			on conflict do nothing`);
		count += rowCount ?? 0;
	}
	return count;
}

/** Of events that begin on the date of a step: whoever is invited or comes. */
async function remindOfEvents({ db, now }: Context, steps: Step[]): Promise<number> {
	let count = 0;
	for (const { step, dueOn } of steps) {
		const [from, until] = [startOfDay(dueOn), startOfDay(addDays(dueOn, 1))];
		const { rowCount } = await db.execute(sql`
			insert into ${reminders} (id, person_id, event_id, step, due_on, made_at)
			select gen_random_uuid(), own.person_id, own.event_id, ${step}, ${dueOn}, ${now}
			from events e join event_participants own on own.event_id = e.id join people p on p.id = own.person_id and p.status = 'active'
			where e.state = 'open' and e.starts_at >= ${from} and e.starts_at < ${until} and own.state in ('invited', 'coming')
			order by own.person_id, own.event_id
			on conflict do nothing`);
		count += rowCount ?? 0;
	}
	return count;
}
