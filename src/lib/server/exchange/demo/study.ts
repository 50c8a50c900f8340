import {
	courseCompletions,
	lessonCompletions,
	lessonNotes,
	masteryCheckQuestions,
	masteryChecks,
	readingPositions
} from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { yearOf } from '../../platform/dates.ts';
import type { Person } from './careers.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Course, Form, Lesson } from './library.ts';
import type { Rows } from './write-rows.ts';

/** How somebody gets on with a course. Days may lie in the future: what has not happened yet is not written. */
export interface Progress {
	starts: number;
	/** When the last lesson would be passed. */
	ends: number;
	/** Lessons after which they stop; all of them for those who finish. */
	lessons: number;
	/** Probability of a right answer. */
	skill: number;
}

export interface Studied {
	startedAt: Date | null;
	completion: { id: string; at: Date; unitId: string } | null;
}

export interface Studying {
	chance: Chance;
	calendar: Calendar;
	rows: Rows;
	/** Whether every try with its answers is kept, or only what it led to. */
	detailed: boolean;
}

const notes = [
	'先看用工之日，再看签订之日，两个日期差一个月以上的要问清原因。',
	'窗口常问：材料不齐能不能先收。把应当一次告知的清单贴在手边。',
	'和去年处理过的那起投诉对照，关键在于时间起算点。',
	'下次检查前再读一遍这一课的三条小结。',
	'责任主体不要弄混：用人单位、用工单位、经办机构各是各的。'
];

/** Writes what a person has done in a course until now. */
export function study(studying: Studying, person: Person, course: Course, progress: Progress): Studied {
	const { chance, calendar } = studying;
	const now = calendar.instant(0, 0);
	const count = course.lessons.length;
	const gap = (progress.ends - progress.starts) / count;
	let last: Date | undefined;
	let startedAt: Date | null = null;

	for (const [place, lesson] of course.lessons.entries()) {
		const day = Math.floor(progress.starts + gap * place);
		const planned = calendar.instant(calendar.workday(day), 8.5 + chance.draw() * 9);
		const at = last && last >= planned ? new Date(last.getTime() + chance.between(20, 90) * 60_000) : planned;
		if (at >= now || place >= progress.lessons || (person.left !== null && day >= person.left)) {
			if (startedAt) leaveOff(studying, person, lesson, last ?? startedAt);
			return { startedAt, completion: null };
		}
		startedAt ??= at;
		last = pass(studying, person, lesson, at, progress.skill);
		if (last >= now) return { startedAt, completion: null };
	}
	return { startedAt, completion: last && startedAt ? complete(studying, person, course, last) : null };
}

/** Tries until the check is passed. Gives the instant; later ones than now are not written. */
function pass(studying: Studying, person: Person, lesson: Lesson, first: Date, skill: number): Date {
	const { chance, calendar, detailed } = studying;
	const now = calendar.instant(0, 0);
	let asked = new Set<Form[]>();
	let at = first;

	for (let number = 1; ; number++) {
		const questions = drawn(chance, lesson, asked);
		const ready = Math.min(0.99, skill + number * 0.02);
		const right = questions.map(() => chance.happens(ready));
		const wanted = Math.min(lesson.pass, questions.length);
		if (number >= 4) right.fill(true);
		const correct = right.filter(Boolean).length;
		const submitted = new Date(at.getTime() + chance.between(4, 14) * 60_000);
		const passed = correct >= wanted;
		if (submitted >= now) return submitted;

		if (detailed || passed) {
			const checkId = keepTry(studying, person, lesson, { number, opened: at, submitted, correct, wanted, passed });
			if (detailed) keepAnswers(studying, checkId, questions, right, submitted);
			if (passed) {
				const unitId = person.officeOn(dayOf(calendar, submitted)).id;
				studying.rows.add(lessonCompletions, {
					personId: person.id,
					lessonId: lesson.id,
					lessonVersionId: lesson.versionId,
					checkId,
					unitId,
					completedAt: submitted
				});
			}
		}
		if (passed) return submitted;
		asked = new Set(questions);
		at = new Date(submitted.getTime() + chance.between(30, 300) * 60_000); // after any pause that failing brings
	}
}

const dayOf = (calendar: Calendar, at: Date) =>
	Math.floor((at.getTime() - calendar.instant(0, 0).getTime()) / 86_400_000);

/** Questions of one try: those not asked last time first, in the order of the files. */
function drawn(chance: Chance, lesson: Lesson, asked: ReadonlySet<Form[]>): Form[][] {
	const shuffled = chance.shuffled(lesson.pool);
	const chosen = new Set(
		[...shuffled.filter((forms) => !asked.has(forms)), ...shuffled.filter((forms) => asked.has(forms))].slice(
			0,
			lesson.draw
		)
	);
	return lesson.pool.filter((forms) => chosen.has(forms));
}

interface Try {
	number: number;
	opened: Date;
	submitted: Date;
	correct: number;
	wanted: number;
	passed: boolean;
}

function keepTry(
	{ chance, rows }: Studying,
	person: Person,
	lesson: Lesson,
	{ number, opened, submitted, correct, wanted, passed }: Try
): string {
	const id = chance.id(opened);
	rows.add(masteryChecks, {
		id,
		personId: person.id,
		lessonId: lesson.id,
		lessonVersionId: lesson.versionId,
		number,
		status: passed ? 'passed' : 'failed',
		pass: wanted,
		correct,
		openedAt: opened,
		submittedAt: submitted
	});
	return id;
}

function keepAnswers(
	{ chance, rows }: Studying,
	checkId: string,
	questions: Form[][],
	right: boolean[],
	submitted: Date
): void {
	for (const [place, forms] of questions.entries()) {
		const { right: known, wrong, ...form } = chance.pick(forms);
		const response = right[place] ? known : wrong.length > 0 ? chance.pick(wrong) : null;
		const answeredAt = response === null ? null : new Date(submitted.getTime() - (questions.length - place) * 35_000);
		rows.add(masteryCheckQuestions, {
			...form,
			checkId,
			position: place + 1,
			response,
			answeredAt,
			correct: right[place]
		});
	}
}

/** Where somebody stopped who is not through: the next lesson is open at some heading, for some the check has begun. */
function leaveOff({ chance, calendar, rows, detailed }: Studying, person: Person, lesson: Lesson, since: Date): void {
	const at = new Date(
		Math.min(since.getTime() + chance.between(10, 4_000) * 60_000, calendar.instant(-1, 17.5).getTime())
	);
	rows.add(readingPositions, {
		personId: person.id,
		lessonId: lesson.id,
		heading: lesson.headings.length > 0 ? chance.pick(lesson.headings) : null,
		at
	});
	if (chance.happens(0.2))
		rows.add(lessonNotes, { personId: person.id, lessonId: lesson.id, body: chance.pick(notes), updatedAt: at });
	if (!detailed || !chance.happens(0.15) || person.left !== null) return;

	const checkId = chance.id(at);
	const questions = drawn(chance, lesson, new Set());
	rows.add(masteryChecks, {
		id: checkId,
		personId: person.id,
		lessonId: lesson.id,
		lessonVersionId: lesson.versionId,
		number: 1,
		status: 'open',
		pass: Math.min(lesson.pass, questions.length),
		correct: null,
		openedAt: at,
		submittedAt: null
	});
	for (const [place, forms] of questions.entries()) {
		const { right, wrong: _, ...form } = chance.pick(forms);
		const answered = place < 2;
		rows.add(masteryCheckQuestions, {
			...form,
			checkId,
			position: place + 1,
			response: answered ? right : null,
			answeredAt: answered ? new Date(at.getTime() + (place + 1) * 40_000) : null,
			correct: null
		});
	}
}

/** The course is completed with its last lesson, and its hours are granted once. */
function complete(
	{ chance, calendar, rows }: Studying,
	person: Person,
	course: Course,
	at: Date
): Studied['completion'] {
	const unitId = person.officeOn(dayOf(calendar, at)).id;
	const id = chance.id(at);
	rows.add(courseCompletions, {
		id,
		personId: person.id,
		courseId: course.id,
		courseVersionId: course.versionId,
		unitId,
		completedAt: at
	});
	rows.add(hourEntries, {
		id: chance.id(at),
		personId: person.id,
		unitId,
		year: yearOf(at),
		category: course.kind,
		hours: course.hours,
		source: 'course',
		sourceId: course.id,
		reverses: null,
		at
	});
	return { id, at, unitId };
}
