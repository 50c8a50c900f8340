import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import '#lib/server/jobs/subscriptions.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addDays, dateOf, yearOf } from '#lib/server/platform/dates.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { type ObligationState, stateIn } from '#lib/server/programmes/obligation-state.ts';
import { reconcileAll, reconcileMarked } from '#lib/server/programmes/requirements/mark-dirty.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anAudience, exemptMarks, aProgramme, aStandingAssignment } from '#tests/factories/requirements.ts';
import { aUnit, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** What ought to be true of one yearly duty of hours, of somebody who comes and goes. */
interface Model {
	today: string;
	inside: boolean;
	/** Year by year, what is owed. */
	duties: Map<number, { withdrawn: boolean; exempt: boolean; hours: number }>;
}

interface Real {
	ctx: Context;
	personId: string;
	inside: Unit;
	outside: Unit;
}

const needed = 4;
const yearOfDay = (day: string) => Number(day.slice(0, 4));

/** The state that the words of the rule give, without any SQL. */
function expected(
	{ today }: Model,
	year: number,
	duty: { withdrawn: boolean; exempt: boolean; hours: number }
): ObligationState {
	if (duty.withdrawn) return 'withdrawn';
	if (duty.hours >= needed) return 'completed';
	if (duty.exempt) return 'exempt';
	if (`${year}-12-31` < today) return 'expired';
	if (`${year}-11-30` < today) return 'overdue';
	return `${year}-01-01` > today ? 'upcoming' : 'open';
}

const contextOf = ({ ctx }: Real, { today }: Model): Context => ({ ...ctx, now: new Date(`${today}T02:00:00Z`) });

async function statesOf(model: Model, real: Real): Promise<Record<number, string>> {
	const { rows } = await real.ctx.db.execute<{ year: number; state: string }>(sql`
		select extract(year from period_on)::int as year, ${stateIn(sql`o`, model.today)} as state from obligations o where person_id = ${real.personId} order by 1`);
	expect(new Set(rows.map(({ year }) => year)).size, 'no duty twice').toBe(rows.length);
	return Object.fromEntries(rows.map(({ year, state }) => [year, state]));
}

async function check(model: Model, real: Real): Promise<void> {
	const ctx = contextOf(real, model);
	await reconcileAll(ctx);
	make(model);
	const wanted = [...model.duties].map(([year, duty]) => [year, expected(model, year, duty)]);
	expect(await statesOf(model, real)).toEqual(Object.fromEntries(wanted));
}

/** The duties of a day: this year's, and from 2 December on next year's; none of a year whose date has passed. */
function make(model: Model): void {
	const years = new Set([yearOfDay(model.today), yearOfDay(addDays(model.today, 30))]);
	for (const year of years) {
		const duty = model.duties.get(year);
		const hours = hoursOf(model, year);
		if (!duty && model.inside && model.today <= `${year}-11-30`)
			model.duties.set(year, { withdrawn: false, exempt: false, hours });
		else if (duty && `${year}-12-31` >= model.today && (duty.hours < needed || duty.withdrawn)) {
			duty.withdrawn = !model.inside;
			if (model.inside) duty.hours = hours;
		}
	}
}

const earned = new WeakMap<Model, Map<number, number>>();
const hoursOf = (model: Model, year: number) => earned.get(model)?.get(year) ?? 0;

class Move implements fc.AsyncCommand<Model, Real> {
	readonly inside: boolean;
	constructor(inside: boolean) {
		this.inside = inside;
	}
	check = (model: Readonly<Model>) => model.inside !== this.inside;
	async run(model: Model, real: Real) {
		const ctx = contextOf(real, model);
		const [from, to] = this.inside ? [real.outside, real.inside] : [real.inside, real.outside];
		await ctx.db.execute(sql`update people set unit_id = ${to.id} where id = ${real.personId}`);
		const moved = { personId: real.personId, fromUnitId: from.id, toUnitId: to.id };
		await announce(ctx, 'people.moved', { people: [moved] });
		await reconcileMarked(ctx);
		model.inside = this.inside;
		await check(model, real);
	}
	toString = () => (this.inside ? 'comes' : 'leaves');
}

class Wait implements fc.AsyncCommand<Model, Real> {
	readonly days: number;
	constructor(days: number) {
		this.days = days;
	}
	check = () => true;
	async run(model: Model, real: Real) {
		model.today = addDays(model.today, this.days);
		await check(model, real);
	}
	toString = () => `${this.days} days pass`;
}

class Earn implements fc.AsyncCommand<Model, Real> {
	readonly hours: number;
	constructor(hours: number) {
		this.hours = hours;
	}
	check = () => true;
	async run(model: Model, real: Real) {
		const ctx = contextOf(real, model);
		const year = yearOf(ctx.now);
		const entry = { personId: real.personId, unitId: null, category: 'class' as const, source: 'external' as const };
		await ctx.db
			.insert(hourEntries)
			.values({ id: newId(), ...entry, year, hours: this.hours, sourceId: newId(), at: ctx.now });
		await announce(ctx, 'hours.changed', { personIds: [real.personId] });
		earned.get(model)!.set(year, hoursOf(model, year) + this.hours);
		const duty = model.duties.get(year);
		if (duty && !duty.withdrawn) {
			duty.hours = hoursOf(model, year);
			if (duty.hours >= needed) duty.exempt = false;
		}
		await check(model, real);
	}
	toString = () => `earns ${this.hours} hours`;
}

class Exempt implements fc.AsyncCommand<Model, Real> {
	check = (model: Readonly<Model>) => {
		const duty = model.duties.get(yearOfDay(model.today));
		return duty !== undefined && !duty.withdrawn && !duty.exempt && duty.hours < needed;
	};
	async run(model: Model, real: Real) {
		const ctx = contextOf(real, model);
		const [person] = (await ctx.db.execute<{ id: string }>(sql`select id from people where id = ${real.personId}`))
			.rows;
		const { exemptionId } = await exemptMarks(ctx, person as never);
		// From this one duty alone: an exemption from everything would cover the other years too.
		await ctx.db.execute(sql`
			with exempt as (
				update obligations set exempt_at = ${ctx.now}, exemption_id = ${exemptionId}
				where person_id = ${real.personId} and extract(year from period_on) = ${yearOfDay(model.today)} returning id)
			update exemptions set obligation_id = (select id from exempt) where id = ${exemptionId}`);
		model.duties.get(yearOfDay(model.today))!.exempt = true;
		await check(model, real);
	}
	toString = () => 'is exempt';
}

test('whatever happens, a yearly duty is there once for each year and in the state that the rule says', async ({
	ctx
}) => {
	const unit = await aUnit(ctx, { kind: 'city' });
	const [inside, outside] = [await aUnit(ctx, { below: unit }), await aUnit(ctx, { below: unit })];
	const programme = await aProgramme(ctx, {
		recurrence: 'yearly',
		requirements: [{ kind: 'hours', hours: needed, due: { kind: 'yearly', month: 11, day: 30 } }]
	});
	await aStandingAssignment(ctx, { programme, audience: await anAudience(ctx, { unit: inside }) });
	const command = fc.oneof(
		fc.boolean().map((inside) => new Move(inside)),
		fc.integer({ min: 1, max: 200 }).map((days) => new Wait(days)),
		fc.integer({ min: 1, max: 4 }).map((hours) => new Earn(hours)),
		fc.constant(new Exempt())
	);
	await fc.assert(
		fc.asyncProperty(fc.commands([command], { maxCommands: 14 }), async (commands) => {
			await fc.asyncModelRun(async () => {
				const person = await aPerson(ctx, { unit: inside });
				const model: Model = { today: dateOf(ctx.now), inside: true, duties: new Map() };
				earned.set(model, new Map());
				const real = { ctx, personId: person.id, inside, outside };
				await check(model, real);
				return { model, real };
			}, commands);
		}),
		{ numRuns: 40 }
	);
});

test('random re-organisations neither lose nor double a duty', async ({ ctx }) => {
	const cities = [await aUnit(ctx, { kind: 'city' }), await aUnit(ctx, { kind: 'city' })];
	const offices: Unit[] = [];
	for (const below of [...cities, ...cities]) offices.push(await aUnit(ctx, { below }));
	const people: Person[] = [];
	for (let place = 0; place < 8; place++) people.push(await aPerson(ctx, { unit: offices[place % 4] }));
	const programme = await aProgramme(ctx, { requirements: [{ kind: 'hours', hours: 8 }] });
	for (const unit of cities) await aStandingAssignment(ctx, { programme, audience: await anAudience(ctx, { unit }) });
	await reconcileAll(ctx);

	const place = fc.record({ person: fc.nat(7), office: fc.nat(3) });
	const move = fc.record({ unit: fc.nat(3), city: fc.nat(1) });
	await fc.assert(
		fc.asyncProperty(fc.array(fc.oneof(place, move), { minLength: 1, maxLength: 10 }), async (changes) => {
			for (const change of changes) {
				if ('person' in change) {
					const [person, office] = [people[change.person]!, offices[change.office]!];
					await ctx.db.execute(sql`update people set unit_id = ${office.id} where id = ${person.id}`);
					await announce(ctx, 'people.moved', {
						people: [{ personId: person.id, fromUnitId: null, toUnitId: office.id }]
					});
				} else {
					const [unit, city] = [offices[change.unit]!, cities[change.city]!];
					await ctx.db.execute(sql`
						update units u set parent_id = c.id, path = c.path || subpath(u.path, -1) from units c where u.id = ${unit.id} and c.id = ${city.id}`);
					await announce(ctx, 'unit.moved', { unitId: unit.id });
				}
			}
			await reconcileMarked(ctx);
			const { rows } = await ctx.db.execute<{ wrong: string }>(sql`
				select p.id as wrong from people p join units u on u.id = p.unit_id
				left join obligations o on o.person_id = p.id and o.withdrawn_at is null
				left join programme_assignments a on a.id = o.programme_assignment_id left join audiences au on au.id = a.audience_id
				left join units reach on reach.id = au.unit_id
				where p.id = any(${sql.param(people.map(({ id }) => id))}::uuid[])
				group by p.id, u.path, u.id having count(o.id) <> 1 or not bool_and(u.path <@ reach.path) or not bool_and(o.unit_id = u.id)`);
			expect(rows).toEqual([]);
		}),
		{ numRuns: 30 }
	);
});
