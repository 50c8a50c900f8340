import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { hourEntries } from '#db/schema/hours.ts';
import type { HourCategory } from '#lib/schemas/hours.ts';
import type { Context } from '../platform/context.ts';

export type LedgerEntry = {
	id: string;
	year: number;
	category: HourCategory;
	hours: number;
	source: 'course' | 'event' | 'external';
	sourceId: string;
	isReversal: boolean;
	/** Granted and not taken back since. */
	stands: boolean;
	/** Taken back by hand, and not given back since. */
	isTakenBack: boolean;
	because: string | null;
	at: Date;
	/** Unit of the day on which they were earned. */
	unit: string | null;
	course: string | null;
	title: Localized | null;
};

export type LedgerYear = {
	year: number;
	hours: number;
	/** Sum of each category that has any. */
	categories: { category: HourCategory; hours: number }[];
	entries: LedgerEntry[];
};

/** The ledger of one person by year, the latest first, each entry with the name of its source. */
export async function listYears({ db }: Context, personId: string): Promise<LedgerYear[]> {
	const { rows } = await db.execute<Omit<LedgerEntry, 'at'> & { at: string | Date }>(sql`
		select e.id, e.year, e.category, e.hours::float8 as hours, e.source, e.source_id as "sourceId", e.because, e.at, u.name as unit,
			e.reverses is not null as "isReversal", e.reverses is null and r.id is null as stands,
			e.decided_by is not null and e.reverses is not null and not exists (
				select 1 from hour_entries l where l.person_id = e.person_id and l.source = e.source and l.source_id = e.source_id and l.round = e.round and l.number > e.number) as "isTakenBack",
			c.slug as course,
			coalesce(v.title, case when coalesce(ev.title, x.title) is not null then jsonb_build_object('zh-CN', coalesce(ev.title, x.title), 'en', coalesce(ev.title, x.title)) end) as title
		from ${hourEntries} e
		left join hour_entries r on r.reverses = e.id
		left join units u on u.id = e.unit_id
		left join courses c on e.source = 'course' and c.id = e.source_id
		left join course_versions v on v.id = c.current_version_id
		left join events ev on e.source = 'event' and ev.id = e.source_id
		left join external_trainings x on e.source = 'external' and x.id = e.source_id
		where e.person_id = ${personId}
		order by e.year desc, e.at desc, e.number desc, e.reverses nulls last`);
	const entries = rows.map((row) => ({ ...row, at: new Date(row.at) }));
	return [...Map.groupBy(entries, ({ year }) => year)].map(([year, entries]) => ({
		year,
		hours: sumOf(entries),
		categories: [...Map.groupBy(entries, ({ category }) => category)]
			.map(([category, some]) => ({ category, hours: sumOf(some) }))
			.sort((a, b) => b.hours - a.hours),
		entries
	}));
}

// Hours come in halves: their sum has one decimal, whatever binary fractions make of it.
const sumOf = (entries: { hours: number }[]) =>
	Math.round(entries.reduce((sum, { hours }) => sum + hours, 0) * 10) / 10;
