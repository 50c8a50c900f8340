import { sql } from 'drizzle-orm';
import type { EventKind } from '#lib/schemas/events.ts';
import type { Presence } from '../../events/attendance-outcome.ts';
import { cancelEvent } from '../../events/cancel-event.ts';
import { closeEvent } from '../../events/close-event.ts';
import { correctPresence } from '../../events/correct-presence.ts';
import { confirmTraining, refuseTraining, reportTraining } from '../../events/external-training.ts';
import { holdEvent } from '../../events/hold-event.ts';
import { invite } from '../../events/invite.ts';
import { noteAttendance } from '../../events/note-attendance.ts';
import { openEvent } from '../../events/open-event.ts';
import { planEvent } from '../../events/plan-event.ts';
import { listSessions } from '../../events/queries.ts';
import { respond } from '../../events/respond.ts';
import { writeMinutes } from '../../events/event-files.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import type { Calendar } from './calendar.ts';
import { certificateFile } from './certificate-file.ts';
import type { Chance } from './chance.ts';

/** What the events of the demo need to know of the province. */
export interface Rooms {
	/** The HR office, which arranges events and confirms training elsewhere. */
	hr: SignedIn;
	rootId: string;
	cityId: string;
	countyId: string;
	/** Is invited to what is to come, and has been to some of what was. */
	learnerId: string;
	calendar: Calendar;
	chance: Chance;
}

interface Planned {
	kind: EventKind;
	title: string;
	/** Day of the first session, from today; on a weekend, the Friday before. */
	day: number;
	/** Half days, two to a day. */
	halves?: number;
	place: string;
	lecturer?: string;
	content: string;
	articles: string[];
	hours: number;
	purpose?: 'general' | 'newly-promoted';
	capacity?: number;
	people: string[];
}

const morning = ['09:00', '11:30'] as const;
const afternoon = ['14:00', '17:00'] as const;

/**
 * A year of events by the domain's own commands: what was held and closed with its hours, one that was held yesterday and waits
 * for its attendance, one that is full, one that waits for answers, one that is being planned; and training elsewhere.
 */
export async function holdEvents(rooms: Rooms): Promise<void> {
	const { cityId, countyId, rootId, learnerId } = rooms;
	const [city, county, centre] = [
		await peopleOf(rooms.hr, cityId, 60),
		await peopleOf(rooms.hr, countyId, 24),
		await peopleOf(rooms.hr, rootId, 40, { leading: true })
	];
	const withLearner = (people: string[]) => [...new Set([learnerId, ...people])];
	const past: Planned[] = [
		{
			kind: 'lecture',
			title: '社会保险法专题讲座',
			day: -296,
			place: '市局三楼会议室',
			lecturer: '法制处',
			content: '- 社会保险关系的建立\n- 缴费基数与补缴\n- 窗口常见问题',
			articles: ['social-insurance/58', 'social-insurance/60'],
			hours: 3,
			people: city
		},
		{
			kind: 'collective-study',
			title: '集体学法：劳动合同法修订要点',
			day: -241,
			place: '县局会议室',
			content: '逐条学习订立、解除与经济补偿的规定，结合本县近两年的案件讨论。',
			articles: ['labour-contract/14', 'labour-contract/82'],
			hours: 2,
			people: withLearner(county)
		},
		{
			kind: 'training-class',
			title: '新提任领导干部任职培训班（第一期）',
			day: -198,
			halves: 7,
			place: '省人社培训中心',
			content: '为期四天，讲授、讨论与旁听相结合。',
			articles: [],
			hours: 28,
			purpose: 'newly-promoted',
			people: centre
		},
		{
			kind: 'court-observation',
			title: '旁听工伤认定行政诉讼庭审',
			day: -160,
			place: '市中级人民法院第二法庭',
			content: '庭审后由法制处讲评举证与程序。',
			articles: [],
			hours: 4,
			people: city.slice(0, 18)
		},
		{
			kind: 'pre-meeting-study',
			title: '会前学法：行政处罚法',
			day: -121,
			place: '厅机关一号会议室',
			content: '党组会前学习三十分钟：罚款的设定与实施。',
			articles: [],
			hours: 0.5,
			people: centre.slice(0, 12)
		},
		{
			kind: 'seminar',
			title: '仲裁与监察衔接问题研讨',
			day: -83,
			place: '厅机关二号会议室',
			content: '讨论三个典型案例中的案件移送和时效。',
			articles: [],
			hours: 4,
			people: [...city.slice(20, 32), ...centre.slice(12, 18)]
		},
		{
			kind: 'training-class',
			title: '劳动保障监察员业务培训班',
			day: -48,
			halves: 14,
			place: '省人社培训中心',
			lecturer: '监察处',
			content: '执法程序、证据与文书；最后一天下午座谈。',
			articles: [],
			hours: 56,
			people: city.slice(10, 46)
		},
		{
			kind: 'lecture',
			title: '个人信息保护与窗口服务',
			day: -15,
			place: '视频会议，各县设分会场',
			content: '收集、查询与告知的边界。',
			articles: [],
			hours: 2,
			people: withLearner([...county, ...city.slice(0, 20)])
		}
	];
	for (const plan of past) await holdPast(rooms, plan);
	await holdAhead(rooms, city, county, withLearner);
	await reportElsewhere(rooms, county);
}

/** Held and closed: most were there, some had leave, a few were missing. */
async function holdPast(rooms: Rooms, plan: Planned): Promise<void> {
	const { hr, chance, calendar } = rooms;
	const { eventId, day } = await planned(rooms, plan);
	const sessions = await listSessions(hr, eventId);
	const last = calendar.day(sessions.at(-1)!.endsAt.toISOString().slice(0, 10));
	for (const personId of plan.people)
		if (chance.happens(0.8)) await answer(hr, eventId, personId, calendar.instant(day - 5, 10), chance.happens(0.06));

	const after: SignedIn = { ...hr, now: calendar.instant(last, 18) };
	await holdEvent(after, { eventId });
	const notes = plan.people.flatMap((personId) =>
		sessions.map(({ id: sessionId, endsAt }) => ({
			sessionId,
			personId,
			presence: presenceOf(chance),
			notedAt: endsAt
		}))
	);
	await noteAttendance(after, { eventId, notes });
	await writeMinutes(after, { eventId, minutes: `应到${plan.people.length}人。学习讨论按计划完成，材料已归档。` });
	await closeEvent({ ...hr, now: calendar.instant(last + 1, 10) }, { eventId });
	if (plan.kind === 'lecture') await correctOne({ ...hr, now: calendar.instant(last + 2, 9) }, eventId, notes);
}

/** Somebody who was there and was not seen. */
async function correctOne(
	hr: SignedIn,
	eventId: string,
	notes: { sessionId: string; personId: string; presence: Presence }[]
) {
	const others = notes.filter(({ presence, personId }) => presence !== 'present' && personId !== hr.actor.personId);
	const missed = others.find(({ presence }) => presence === 'absent') ?? others[0];
	if (!missed) return;
	const { sessionId, personId } = missed;
	const because = '签到表第二页有本人签名，现场漏记。';
	await correctPresence(hr, { eventId, sessionId, personId, presence: 'present', because });
}

const presenceOf = (chance: Chance): Presence =>
	chance.weighed({ present: 0.93, leave: 0.04, partial: 0.015, absent: 0.015 });

/** Yesterday's, which waits for its attendance; one that is full; one that waits for answers; one called off; one in planning. */
async function holdAhead(
	rooms: Rooms,
	city: string[],
	county: string[],
	withLearner: (people: string[]) => string[]
): Promise<void> {
	const { hr, calendar, chance } = rooms;
	const recent = await planned(rooms, {
		kind: 'collective-study',
		title: '集体学法：工伤保险条例',
		day: -1,
		place: '县局会议室',
		content: '工伤认定的期限与举证。',
		articles: [],
		hours: 2,
		people: county
	});
	const [session] = await listSessions(hr, recent.eventId);
	const evening: SignedIn = { ...hr, now: calendar.instant(recent.day, 18) };
	await holdEvent(evening, { eventId: recent.eventId });
	await noteAttendance(evening, {
		eventId: recent.eventId,
		notes: county
			.slice(0, Math.ceil(county.length / 2))
			.map((personId) => ({ sessionId: session!.id, personId, presence: 'present', notedAt: session!.endsAt }))
	});

	const full = await planned(rooms, {
		kind: 'lecture',
		title: '劳动争议调解仲裁实务讲座',
		day: 8,
		place: '市局三楼会议室',
		lecturer: '仲裁院',
		content: '立案、举证责任与裁决书写作。名额有限，先答复的先得。',
		articles: [],
		hours: 3,
		capacity: 16,
		people: withLearner(city.slice(0, 26))
	});
	for (const [index, personId] of city.slice(0, 26).entries())
		if (index < 20) await answer(hr, full.eventId, personId, calendar.instant(-2, 9 + index / 4), index === 7);

	const open = await planned(rooms, {
		kind: 'training-class',
		title: '年末业务法规培训班',
		day: 15,
		halves: 4,
		place: '省人社培训中心',
		content: '两天：社保经办、劳动关系、行政程序、综合测试。',
		articles: [],
		hours: 16,
		people: withLearner(county)
	});
	for (const personId of county)
		if (chance.happens(0.4)) await answer(hr, open.eventId, personId, calendar.instant(-1, 11), chance.happens(0.1));

	const off = await planned(rooms, {
		kind: 'court-observation',
		title: '旁听社会保险待遇案件庭审',
		day: 4,
		place: '县人民法院',
		content: '',
		articles: [],
		hours: 3,
		people: county.slice(0, 10)
	});
	await cancelEvent(
		{ ...hr, now: calendar.instant(-2, 16) },
		{ eventId: off.eventId, because: '法院改期开庭，另行安排。' }
	);

	await planned(
		rooms,
		{
			kind: 'pre-meeting-study',
			title: '会前学法：优化营商环境条例',
			day: 30,
			place: '厅机关一号会议室',
			content: '',
			articles: [],
			hours: 0.5,
			people: city.slice(0, 8)
		},
		{ opens: false }
	);
}

/** Plans an event three weeks before it is held, and opens it a week later; what is to come was planned the week before today. */
async function planned(
	{ hr, rootId, calendar }: Rooms,
	{ people, day: wanted, halves = 1, capacity, lecturer = '', purpose = 'general', ...plan }: Planned,
	{ opens = true } = {}
): Promise<{ eventId: string; day: number }> {
	const day = calendar.workday(wanted);
	const before = Math.min(day - 21, -8);
	const at = (days: number, hour: number): SignedIn => ({ ...hr, now: calendar.instant(days, hour) });
	const slots = Array.from({ length: halves }, (_, half) => ({
		day: calendar.date(workdaysAfter(calendar, day, Math.floor(half / 2))),
		times: half % 2 === 0 ? morning : afternoon
	}));
	const eventId = await planEvent(at(before, 10), {
		...plan,
		...{ unitId: rootId, lecturer, purpose, capacity: capacity ?? null, hourCategory: 'class', leaveLimit: 0.143 },
		...{ roomCode: false, examId: null, articleStatute: '', articleNumber: '' },
		articles: await known(hr, plan.articles),
		sessionDay: slots.map((slot) => slot.day),
		sessionFrom: slots.map(({ times }) => times[0]),
		sessionTo: slots.map(({ times }) => times[1]),
		sessionTitle: [],
		sessionLecturer: [],
		sessionPlace: []
	});
	await invite(at(before, 11), { eventId, personIds: people });
	if (opens) await openEvent(at(before + 2, 9), { eventId });
	return { eventId, day };
}

/** The day so many workdays later. */
function workdaysAfter(calendar: Calendar, day: number, count: number): number {
	let later = day;
	for (let left = count; left > 0;) if (calendar.workday(++later) === later) left--;
	return later;
}

/** Of these articles, those that the library holds. */
async function known({ db }: Context, addresses: string[]): Promise<string[]> {
	const { rows } = await db.execute<{ address: string }>(sql`
		select statute || '/' || number as address from articles
		where statute || '/' || number = any(${sql.param(addresses)}::text[]) order by 1`);
	return rows.map(({ address }) => address);
}

const answer = (hr: SignedIn, eventId: string, personId: string, now: Date, declines: boolean) =>
	respond(
		{ ...hr, now, actor: { personId, unitPath: null, grants: [] } },
		{ eventId, ...(declines ? { answer: 'decline', because: '当天另有公务。' } : { answer: 'accept', because: null }) }
	);

/** Three reports: one confirmed, one refused, one that waits. */
async function reportElsewhere({ hr, learnerId, calendar }: Rooms, county: string[]): Promise<void> {
	const others = county.filter((id) => id !== learnerId);
	const reports = [
		{ personId: learnerId, title: '行政复议法专题培训', provider: '省委党校', day: -150, days: 4, hours: 32 },
		{ personId: others[0], title: '数字化经办网络课程', provider: '国家级培训平台', day: -90, days: 0, hours: 6 },
		{ personId: others[1], title: '劳动关系协调师培训', provider: '省总工会干部学校', day: -20, days: 2, hours: 20 }
	];
	for (const [index, { personId, title, provider, day, days, hours }] of reports.entries()) {
		if (!personId) continue;
		const reporter = { personId, unitPath: null, grants: [] };
		const trainingId = await reportTraining(
			{ ...hr, now: calendar.instant(day + days + 3, 10), actor: reporter },
			{
				...{ kind: 'training-class', title, provider, hours, hourCategory: index === 1 ? 'online' : 'class' },
				...{ startsOn: calendar.date(day), endsOn: calendar.date(day + days) }
			},
			{ name: '结业证明.pdf', bytes: certificateFile }
		);
		const decider: SignedIn = { ...hr, now: calendar.instant(day + days + 6, 15) };
		if (index === 0) await confirmTraining(decider, { trainingId, hours, hourCategory: 'class' });
		if (index === 1) await refuseTraining(decider, { trainingId, because: '证明上没有姓名，补上后再报。' });
	}
}

/** The first people in service of a unit and those below it, in an order that every database has. */
async function peopleOf({ db }: Context, unitId: string, most: number, { leading = false } = {}): Promise<string[]> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select p.id from people p join units u on u.id = p.unit_id
		where p.status = 'active' and u.path <@ (select path from units where id = ${unitId})
			and (p.leadership_level is not null or ${!leading})
		order by p.staff_number limit ${most}`);
	return rows.map(({ id }) => id);
}
