import { type SQL, sql } from 'drizzle-orm';
import { bands, type Band, type Component, type SchemeRule } from '#lib/schemas/assessments.ts';

/**
 * `assess` of score-rule.ts for whole lists: a lateral join to a relation `f` with the columns of `Inputs`, which gives `score`
 * (numeric), `band`, `parts` (jsonb) and `limits` (text[]). All four are null where no component applies.
 */
export function scored(rule: SchemeRule): SQL {
	const places = rule.components.map((_, index) => index);
	const name = (letter: string, index: number) => sql.raw(`${letter}${index}`);
	const join = (parts: SQL[], between: string) => sql.join(parts, sql.raw(between));

	const shares = rule.components.map(
		(component, index) =>
			sql`cross join lateral (${shareOf(component)}) as ${name('s', index)} (${name('n', index)}, ${name('d', index)})`
	);
	// A component that does not apply has no weight, and 0 of 1 for a share.
	const weight = (index: number) =>
		sql`(case when ${name('d', index)} is null then 0 else ${rule.components[index]!.weight}::numeric end)`;
	const whole = (index: number) => sql`coalesce(${name('d', index)}, 1)::numeric`;
	const summand = (index: number) =>
		join(
			[weight(index), sql`coalesce(${name('n', index)}, 0)`, ...places.filter((other) => other !== index).map(whole)],
			' * '
		);
	const unit = 10 ** rule.decimals;

	return sql`cross join lateral (
		select total.score, total.parts, held.limits,
			case when total.score is null then null else (${sql.param([...bands])}::assessment_band[])[greatest(${byScore(rule)}, held.least)] end as band
		from (
			select case when weights = 0 then null else div(${2 * 100 * unit}::numeric * sum + wholes * weights, 2 * wholes * weights) / ${unit}::numeric end as score, parts
			from (
				select ${join(places.map(summand), ' + ')} as sum, ${join(places.map(whole), ' * ')} as wholes, ${join(places.map(weight), ' + ')} as weights,
					jsonb_build_array(${join(
						places.map(
							(index) =>
								sql`case when ${name('d', index)} is not null then div(20000::numeric * ${name('n', index)} + ${name('d', index)}, 2::numeric * ${name('d', index)})::int end`
						),
						', '
					)}) as parts
				from (select 1) one ${join(shares, ' ')}
			) sums
		) total
		cross join lateral (${limited(rule)}) held
	) scored`;
}

/** Part and whole of a component as whole numbers, capped; both null where it does not apply. */
function shareOf(component: Component): SQL {
	const share = sql`select part::bigint as part, nullif(whole, 0)::bigint as whole from (${plainShare(component)}) plain`;
	if (component.cap === null) return sql`select case when whole is not null then part end, whole from (${share}) share`;
	const most = Math.round(component.cap * 100);
	const above = sql`part * 10000 > ${most}::bigint * whole`;
	return sql`select case when whole is null then null when ${above} then ${most}::bigint else part end, case when ${above} then 10000 else whole end from (${share}) share`;
}

function plainShare({ kind, purpose, take, full }: Component): SQL {
	switch (kind) {
		case 'courses':
			return sql`select f.completed as part, f.required as whole`;
		case 'checks':
			return sql`select f.correct as part, f.answered as whole`;
		case 'attendance':
			return sql`select f.attended as part, f.invited as whole`;
		case 'unit-mark':
			return sql`select f."unitMark" as part, case when f."unitMark" is not null then 10000 end as whole`;
		case 'hours':
			return sql`select least(f.hours, ${full! * 10}::int) as part, ${full! * 10}::int as whole`;
		case 'exam': {
			const order =
				take === 'last'
					? sql`"on" collate "C" desc, "examId" collate "C" desc`
					: sql`points::numeric / total desc, "examId" collate "C"`;
			// a left join, so that there is a row for whoever has sat none
			return sql`select sat.points as part, sat.total as whole from (select 1) one left join (
				select points, total from jsonb_to_recordset(f.exams) as exam ("examId" text, purpose text, "on" text, points int, total int)
				where purpose = ${purpose} order by ${order} limit 1) sat on true`;
		}
	}
}

/** Place of a band among the bands, from 1. */
const place = (band: Band): number => bands.indexOf(band) + 1;

const byScore = (rule: SchemeRule): SQL =>
	sql`case ${sql.join(
		rule.bands.map(({ band, from }) => sql`when total.score >= ${String(from)}::numeric then ${place(band)}::int`),
		sql` `
	)} else ${place('not-qualified')}::int end`;

/** The names of the limits that hold, and the place of the best band that all of them leave. */
function limited({ minimums, vetoes }: SchemeRule): SQL {
	const all = [
		...minimums.map(({ kind, least, limit }) => ({ name: `minimum:${kind}`, limit, holds: isBelow(kind, least) })),
		...vetoes.map(({ when, below, limit }) => ({ name: `veto:${when}`, limit, holds: applies(when, below) }))
	];
	if (all.length === 0) return sql`select '{}'::text[] as limits, 1 as least`;
	return sql`select array_remove(array[${sql.join(
		all.map(({ name, holds }) => sql`case when ${holds} then ${name}::text end`),
		sql`, `
	)}], null) as limits, greatest(1, ${sql.join(
		all.map(({ limit, holds }) => sql`case when ${holds} then ${place(limit)}::int end`),
		sql`, `
	)}) as least`;
}

const isBelow = (kind: SchemeRule['minimums'][number]['kind'], least: number): SQL =>
	kind === 'hours'
		? sql`f.hours * 10 < ${Math.round(least * 100)}::int`
		: sql`f.attended::bigint * 10000 < ${Math.round(least * 100)}::bigint * f.invited`;

function applies(when: SchemeRule['vetoes'][number]['when'], below = 0): SQL {
	switch (when) {
		case 'absent':
			return sql`f.absences > 0`;
		case 'failed':
			return sql`f.failures > 0`;
		case 'failed-after-make-up':
			return sql`f."failuresAfterMakeUp" > 0`;
		case 'passed-by-make-up':
			return sql`f."passesByMakeUp" > 0`;
		case 'courses-open':
			return sql`f.completed < f.required`;
		case 'promotion-overdue':
			return sql`f.overdue > 0`;
		case 'unit-below':
			return sql`f."unitMark" < ${Math.round(below * 100)}::int`;
	}
}
