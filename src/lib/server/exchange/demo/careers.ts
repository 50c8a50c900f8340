import { people, posts } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import type { Establishment, LeadershipLevel } from '#lib/schemas/people.ts';
import { readingOf } from '../../people/name-reading.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';
import { positionAt, positionBelow, type Position } from './ladders.ts';
import { personName } from './names.ts';
import type { Office } from './offices.ts';
import type { Rows } from './write-rows.ts';

/** A promotion to a leading post within the last fourteen months. */
export interface Rise {
	postId: string;
	office: Office;
	day: number;
	from: LeadershipLevel | null;
	to: LeadershipLevel;
	document: string;
}

/** Somebody on the roster, as far as the rest of the demo asks. */
export interface Person {
	id: string;
	staffNumber: string;
	office: Office;
	place: number;
	position: Position;
	joined: number;
	/** Day on which they no longer served, if they have gone. */
	left: number | null;
	rise: Rise | null;
	/** The office on a day. */
	officeOn(day: number): Office;
}

type Held = Position & {
	office: Office;
	from: number;
	kind: 'initial' | 'promotion' | 'transfer';
	document: string | null;
};

/** Days that a case for a newly promoted leader can be old, and those that everything else recent is. */
const fourteenMonths = 425;

export interface Making {
	chance: Chance;
	calendar: Calendar;
	rows: Rows;
	/** An office of the same type, for those who came from elsewhere. */
	another(office: Office): Office;
	number: number;
}

/** A username and a password by which a visitor of the demo signs in as somebody. */
export type WayIn = Pick<typeof accounts.$inferInsert, 'username' | 'passwordHash' | 'passwordChangedAt'>;

/** Puts one person on the roster, with the posts that led to today's. People who matter to the demo (they have a `way` in) never leave. */
export function makePerson(making: Making, office: Office, place: number, way?: WayIn): Person {
	const stays = way !== undefined;
	const { chance, calendar, rows } = making;
	const position = positionAt(office.type, office.name, office.size, place, chance);
	const [fewest, most] = yearsFor(position);
	const years = chance.between(Math.max(fewest, stays ? 6 : 0), most);
	const joined = -Math.max(20, years * 365 + chance.between(0, 360));
	const held = historyOf(making, office, position, joined);
	const goes = years >= 33 ? 0.35 : joined < -1_000 ? 0.003 : 0;
	const left = !stays && chance.happens(goes) ? leavingDay(held, chance, calendar) : null;

	const id = chance.id(calendar.instant(Math.min(joined, -400)));
	const imported = calendar.instant(Math.max(joined, -640));
	const staffNumber = `WS${String(100_000 + making.number).padStart(6, '0')}`;
	const name = personName(chance);
	rows.add(people, {
		id,
		staffNumber,
		name,
		...reading(name),
		email: null,
		status: left === null ? 'active' : years >= 33 ? 'retired' : 'left',
		joinedOn: calendar.date(joined),
		leftOn: left === null ? null : calendar.date(left),
		unitId: office.id,
		title: position.title,
		leadershipLevel: position.level,
		rank: position.rank,
		establishment: establishmentOf(office, position, making.number),
		createdAt: imported,
		updatedAt: imported
	});
	rows.add(accounts, {
		personId: id,
		username: null,
		passwordHash: null,
		passwordChangedAt: null,
		...way,
		disabledAt: null,
		createdAt: imported
	});

	const postIds = held.map((post, index) => keepPost(making, id, post, held[index + 1]?.from ?? left));
	const last = held.at(-1)!;
	const before = held.at(-2)?.level ?? null;
	const rise: Rise | null =
		last.kind === 'promotion' && last.level && last.from > -fourteenMonths && left === null
			? { postId: postIds.at(-1)!, office, day: last.from, from: before, to: last.level, document: last.document ?? '' }
			: null;
	if (!stays && left === null && joined < -400 && chance.happens(0.02)) keepSidePost(making, id, office);

	const officeOn = (day: number) => (held.findLast(({ from }) => from <= day) ?? held[0]!).office;
	return { id, staffNumber, office, place, position, joined, left, rise, officeOn };
}

/** How many years of service a position takes and allows. */
function yearsFor({ level, rank }: Position): [number, number] {
	if (level) return level.startsWith('section') ? [10, 34] : [16, 36];
	if (rank === 'clerk-2') return [0, 3];
	if (rank === 'clerk-1') return [1, 9];
	return rank?.startsWith('principal') ? [5, 34] : [16, 36];
}

/** Posts from the first to today's: some have risen or moved within the last fourteen months, most long ago. */
function historyOf({ chance, calendar, another }: Making, office: Office, position: Position, joined: number): Held[] {
	const first = { title: '二级科员', level: null, rank: 'clerk-2' as const };
	if (joined > -500) return [{ ...position, office, from: joined, kind: 'initial', document: null }];

	const recently =
		position.level && chance.happens(0.3) ? -chance.between(280, fourteenMonths - 5) : -chance.between(6, 280);
	const longAgo = Math.max(joined + 200, -chance.between(460, 2_900));
	const document = (day: number) => `望人社任〔${calendar.date(day).slice(0, 4)}〕${chance.between(1, 60)}号`;
	const risen = position.level ? 0.12 : 0.05;

	const what = chance.weighed({ risen: risen * 100, moved: 4, settled: 100 });
	const from = calendar.workday(what === 'settled' ? longAgo : recently);
	const rises = what === 'risen' || (what === 'settled' && (position.level !== null || chance.happens(0.5)));
	const before = rises ? positionBelow(position) : position;
	const origin = what === 'moved' || (rises && chance.happens(0.25)) ? another(office) : office;
	return [
		{ ...first, office: origin, from: joined, kind: 'initial', document: null },
		...(joined < from - 900
			? [
					{
						...before,
						office: origin,
						from: Math.round((joined + from) / 2),
						kind: 'promotion' as const,
						document: null
					}
				]
			: []),
		{ ...position, office, from, kind: rises ? 'promotion' : 'transfer', document: document(from) }
	];
}

function leavingDay(held: Held[], chance: Chance, calendar: Calendar): number | null {
	const earliest = Math.max(held.at(-1)!.from + 30, -400);
	return earliest > -10 ? null : calendar.workday(chance.between(earliest, -10));
}

function keepPost(
	{ chance, calendar, rows }: Making,
	personId: string,
	{ office, title, level, rank, kind, from, document }: Held,
	until: number | null
): string {
	const id = chance.id(calendar.instant(from));
	rows.add(posts, {
		id,
		personId,
		unitId: office.id,
		title,
		leadershipLevel: level,
		rank,
		kind,
		primary: true,
		startsOn: calendar.date(from),
		endsOn: until === null ? null : calendar.date(until),
		document,
		createdAt: calendar.instant(Math.max(from, -640))
	});
	return id;
}

/** Work beside the post: lent to another office, acting for somebody, or a second post. */
function keepSidePost({ chance, calendar, rows, another }: Making, personId: string, office: Office): void {
	const kind = chance.pick(['secondment', 'acting', 'concurrent'] as const);
	const from = -chance.between(40, 300);
	rows.add(posts, {
		id: chance.id(calendar.instant(from)),
		personId,
		unitId: kind === 'secondment' ? another(office).id : office.id,
		title: { secondment: '借调工作', acting: '主持工作', concurrent: '机关党支部书记' }[kind],
		leadershipLevel: null,
		rank: null,
		kind,
		primary: false,
		startsOn: calendar.date(from),
		endsOn: chance.happens(0.3) ? calendar.date(-chance.between(5, 30)) : null,
		document: null,
		createdAt: calendar.instant(from)
	});
}

const readings = new Map<string, ReturnType<typeof readingOf>>();

/** How a name is read; many share one. */
function reading(name: string): ReturnType<typeof readingOf> {
	let read = readings.get(name);
	if (!read) {
		read = readingOf(name);
		if (readings.size < 50_000) readings.set(name, read);
	}
	return read;
}

/** 编制 follows the office; here and there somebody works by contract, and of a few nothing has been recorded. */
function establishmentOf({ type }: Office, { level, rank }: Position, number: number): Establishment | null {
	if (number % 40 === 7) return null;
	if (level === null && number % 17 === 3) return 'contract';
	if (!type.endsWith('institution')) return 'administrative';
	return rank === null && level === null ? 'institution' : 'like-administrative';
}
