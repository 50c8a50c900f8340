import { auditEntries } from '#db/schema/audit.ts';
import type { Localized } from '#db/schema/columns.ts';
import { notifications } from '#db/schema/notifications.ts';
import { assignmentTargets, obligations } from '#db/schema/programmes.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { DigestItem } from '#lib/components/notifications/digest-words.ts';
import { addMonths } from '../../platform/dates.ts';
import type { Person, Rise } from './careers.ts';
import type { Course } from './library.ts';
import { type Assignment, reaches, withdrawnBecause } from './duties.ts';
import { type Progress, type Studied, study, type Studying } from './study.ts';

/** How a demonstration of one state is made certain: somebody whose story is told rather than drawn. */
export type Story = 'learner';

export interface Owing extends Studying {
	assignments: Assignment[];
	/** Courses and months of the newly promoted leaders' programme. */
	programme: { courses: Course[]; months: number };
	/** Cases opened so far, by how their deadline lies: in each group outcomes take turns, so that every state is there. */
	cases: { late: number; soon: number; later: number };
	newcomers: number;
}

interface Duty {
	course: Course;
	made: number;
	due: number;
	assignment: Assignment | null;
	promotionId: string | null;
}

/** Writes what a person owes and owed, and what has come of it. */
export function owe(owing: Owing, person: Person, story?: Story): void {
	const { calendar } = owing;
	const duties = new Map<string, Duty>();
	const rise = person.rise;
	const promotionId = rise ? owing.chance.id(calendar.instant(rise.day, 10)) : null;
	const deadline = rise ? calendar.day(addMonths(calendar.date(rise.day), owing.programme.months)) : 0;

	const reasons: Duty[] = owing.assignments
		.filter((assignment) => reaches(assignment, person))
		.map((assignment) => ({
			course: assignment.course,
			made: assignment.made,
			due: assignment.due,
			assignment,
			promotionId: null
		}));
	if (rise)
		reasons.push(
			...owing.programme.courses.map((course) => ({
				course,
				made: rise.day,
				due: deadline,
				assignment: null,
				promotionId
			}))
		);

	// who owes a course already owes it once; a promotion may bring the date forward
	for (const duty of reasons.toSorted((a, b) => a.made - b.made)) {
		const before = duties.get(duty.course.id);
		if (before) before.due = duty.promotionId ? Math.min(before.due, duty.due) : before.due;
		else if (duty.assignment?.withdrawn != null) keepDuty(owing, person, duty, { startedAt: null, completion: null });
		else duties.set(duty.course.id, duty);
	}

	const outcomes = new Map<string, Studied>();
	const fate = rise ? fateOf(owing, rise, deadline) : undefined;
	for (const duty of duties.values()) {
		const studied = study(owing, person, duty.course, story ? tell(duty) : progressOf(owing, person, duty, fate));
		outcomes.set(duty.course.id, studied);
		keepDuty(owing, person, duty, studied);
	}
	if (rise && promotionId) keepCase(owing, person, rise, { promotionId, deadline, outcomes });
}

type Fate = 'done' | 'stalled' | 'open';

/** Cases take turns: those whose time is up are done or overdue, those whose time is nearly up done or due soon, the rest under way. */
function fateOf(owing: Owing, { day }: Rise, deadline: number): Fate {
	if (deadline < 0) return owing.cases.late++ % 2 === 0 ? 'stalled' : 'done';
	if (deadline < 90) return owing.cases.soon++ % 3 === 2 ? 'done' : 'stalled';
	return day < -60 && owing.cases.later++ % 2 === 0 ? 'done' : 'open';
}

/** Most finish before the date, some after it, some stop, some never begin: as eager as their office is. */
function progressOf({ chance }: Owing, { office }: Person, { made, due, course }: Duty, fate?: Fate): Progress {
	const zeal = Math.min(0.97, office.zeal + (chance.draw() - 0.5) * 0.16 + (due < -200 ? 0.06 : 0));
	const skill = 0.73 + zeal * 0.1 + chance.draw() * 0.1;
	const all = course.lessons.length;
	const span = due - made;

	if (fate === 'done') {
		const ends = Math.min(made + Math.round(span * (0.2 + chance.draw() * 0.5)), -2 - chance.between(0, 5));
		return { starts: Math.min(made + 2, ends - 3), ends, lessons: all, skill };
	}
	if (fate === 'stalled')
		return { starts: made + 15, ends: made + 15 + all * 6, lessons: chance.between(0, all - 2), skill };

	const early = 1.2 + zeal * 2; // the eager ones are through long before the date
	const ends = made + 8 + Math.round(span * chance.draw() ** early * 1.02);
	const starts = Math.max(
		made + 1 + Math.round(span * chance.draw() * 0.6),
		ends - Math.round(all * (1.2 + chance.draw() * 3))
	);
	if (chance.happens(zeal))
		return { starts, ends: Math.min(ends, due < 0 ? Math.min(due + 20, -2) : ends), lessons: all, skill };
	return { starts, ends, lessons: chance.happens(0.45) ? 0 : chance.between(1, all - 1), skill };
}

/** The learner whose sign-in is offered: last year's course and a short one done, a long one under way and due within days. */
function tell({ made, due, course }: Duty): Progress {
	const all = course.lessons.length;
	if (due < -60) return { starts: made + 20, ends: made + 90, lessons: all, skill: 0.9 };
	if (due < 14) return { starts: made + 6, ends: -4, lessons: Math.round(all * 0.7), skill: 0.86 };
	return { starts: made + 5, ends: made + 40, lessons: all, skill: 0.9 };
}

function keepDuty(owing: Owing, person: Person, duty: Duty, { startedAt, completion }: Studied): void {
	const { chance, calendar, rows } = owing;
	const { course, made, due, assignment, promotionId } = duty;
	const createdAt = calendar.instant(made, 9.25);
	const withdrawn = assignment?.withdrawn ?? (completion ? null : person.left);
	const because = assignment?.withdrawn == null ? 'left' : withdrawnBecause;
	rows.add(obligations, {
		id: chance.id(createdAt),
		personId: person.id,
		courseId: course.id,
		unitId: completion?.unitId ?? person.office.id,
		assignmentId: assignment?.id ?? null,
		promotionId,
		dueOn: calendar.date(due),
		createdAt,
		startedAt,
		completedAt: completion?.at ?? null,
		completionId: completion?.id ?? null,
		withdrawnAt: withdrawn === null ? null : calendar.instant(withdrawn, 15),
		withdrawnBecause: withdrawn === null ? null : because
	});
	if (assignment && assignment.newcomersSince !== null) {
		rows.add(assignmentTargets, {
			assignmentId: assignment.id,
			position: `p${owing.newcomers++}`,
			personId: person.id,
			unitId: null,
			subtree: false
		});
	}
	if (!assignment || withdrawn !== null || made < -120 || completion) return;
	rows.add(notifications, {
		id: chance.id(createdAt),
		personId: person.id,
		kind: 'digest',
		occasion: assignment.id,
		href: '/today',
		values: { count: 1, items: [newDuty(course, calendar.date(due))] },
		createdAt,
		readAt: startedAt ?? (chance.happens(0.5) ? calendar.instant(Math.min(-1, made + 2), 10) : null)
	});
}

/** A course that was assigned, as a digest names it. */
const newDuty = ({ slug, title }: { slug: string; title: Localized }, dueOn: string): DigestItem => ({
	...{ kind: 'duty', step: 'assigned', dueOn, href: `/courses/${slug}` },
	...{ asked: { kind: 'course', slug, course: title }, title: null, at: null, place: null }
});

interface Case {
	promotionId: string;
	deadline: number;
	outcomes: ReadonlyMap<string, Studied>;
}

function keepCase(
	{ chance, calendar, rows, programme }: Owing,
	person: Person,
	rise: Rise,
	{ promotionId, deadline, outcomes }: Case
): void {
	const createdAt = calendar.instant(rise.day, 10);
	const ends = programme.courses.map(({ id }) => outcomes.get(id)?.completion?.at);
	const last = ends.every((at) => at !== undefined) ? ends.reduce((a, b) => (a > b ? a : b)) : null;
	rows.add(promotions, {
		id: promotionId,
		personId: person.id,
		postId: rise.postId,
		unitId: rise.office.id,
		fromLevel: rise.from,
		toLevel: rise.to,
		startsOn: calendar.date(rise.day),
		dueOn: calendar.date(deadline),
		document: rise.document,
		createdAt,
		completedAt: last && last > createdAt ? last : last && createdAt,
		cancelledAt: null
	});
	for (const course of programme.courses) {
		const done = outcomes.get(course.id)?.completion?.at ?? null;
		rows.add(promotionRequirements, {
			...{ promotionId, courseId: course.id },
			...{ dueOn: calendar.date(deadline), completedAt: done }
		});
	}
	rows.add(auditEntries, {
		id: chance.id(createdAt),
		at: createdAt,
		actorId: null,
		action: 'promotion.recorded',
		subjectId: promotionId,
		details: { personId: person.id, dueOn: calendar.date(deadline) }
	});
	rows.add(notifications, {
		id: chance.id(createdAt),
		personId: person.id,
		kind: 'promotion_opened',
		occasion: promotionId,
		href: '/today',
		values: { dueOn: calendar.date(deadline) },
		createdAt,
		readAt: calendar.instant(Math.min(-1, rise.day + 1), 9)
	});
}
