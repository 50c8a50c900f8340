import { externalTrainings } from '#db/schema/events.ts';
import { hourEntries } from '#db/schema/hours.ts';
import type { HourCategory } from '#lib/schemas/hours.ts';
import { gradeOf } from '../../hours/grade-of.ts';
import type { Person } from './careers.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Rows } from './write-rows.ts';

export interface Training {
	/** A chance of its own: what is drawn here moves nothing else in the province. */
	chance: Chance;
	calendar: Calendar;
	rows: Rows;
	/** The list of hours that the training centres signed: the proof of all of them. */
	proofId: string;
	/** Two of the HR office: nobody confirms their own. */
	deciders: readonly [Person, Person];
}

interface Course {
	title: string;
	provider: string;
	days: number;
	hours: number;
	category: HourCategory;
}

/** The first year of the five over which leaders collect their hours, as the targets have it. */
const firstYear = 2023;
/** The platform came to the province so many days ago; what was before has been entered then. */
const arrival = -620;
/** Days after which HR has confirmed what was reported. */
const daysToDecide = 3;

const schools = ['省委党校', '省人社培训中心', '市委党校', '省行政学院'] as const;
const classes = ['业务能力提升培训班', '在职干部集中轮训班', '窗口服务规范化培训班', '行政程序与文书培训班'] as const;
const seminars = ['领导干部法治专题研讨班', '处级干部进修班', '基层治理专题班'] as const;

/**
 * What somebody has learned elsewhere year by year, reported and confirmed: the online academy that everybody attends, and a class
 * away from work, longer for leaders. As eager as their office is; what ended days ago waits to be confirmed.
 */
export function trainElsewhere(training: Training, person: Person): void {
	const { calendar } = training;
	const today = Number(calendar.today.slice(0, 4));
	const joined = Number(calendar.date(person.joined).slice(0, 4));
	const leads = ['department', 'division'].includes(gradeOf(person.position.level, person.position.rank));
	for (let year = Math.max(joined, leads ? firstYear : today - 1); year <= today; year++)
		for (const course of coursesOf(training, person, { year, joined, leads })) attend(training, person, year, course);
}

type About = { year: number; joined: number; leads: boolean };

function coursesOf({ chance }: Training, { office: { zeal } }: Person, { year, joined, leads }: About): Course[] {
	const [online, away] = [chance.happens(zeal), chance.happens(zeal)];
	const hours = online ? 50 + chance.between(0, 8) : 6 * chance.between(1, 7);
	const academy: Course = {
		...{ title: `${year}年度干部网络学习`, provider: '省干部网络学院', days: 0 },
		...{ hours, category: 'online' }
	};
	const days = (leads ? 8 : 5) + chance.between(0, 2);
	const place = { provider: chance.pick(schools), category: 'class' as const };
	if (joined === year) return [academy, { ...place, title: '新录用人员初任培训班', days: 12, hours: 96 }];
	if (away) return [academy, { ...place, title: chance.pick(leads ? seminars : classes), days, hours: days * 8 }];
	return chance.happens(0.5)
		? [academy, { ...place, title: chance.pick(classes), days: 2, hours: 8 * chance.between(1, 2) }]
		: [academy];
}

/** Written with what became of it: confirmed and entered into the ledger, or still waiting; what lies ahead is not written. */
function attend({ chance, calendar, rows, proofId, deciders }: Training, person: Person, year: number, course: Course) {
	const { title, provider, hours, category, days } = course;
	const first = Math.max(calendar.day(`${year}-01-01`) + chance.between(45, 320), person.joined + 10);
	const ends = calendar.workday(first + days + (days > 5 ? 2 : 0));
	const reported = Math.max(ends + 1, arrival);
	if (calendar.date(ends).slice(0, 4) !== String(year) || reported >= 0) return;
	if (person.left !== null && ends >= person.left) return;

	const unitId = person.officeOn(ends).id;
	const decided = reported + daysToDecide < 0 ? calendar.instant(reported + daysToDecide, 15) : null;
	const decider = deciders.find(({ id }) => id !== person.id)!;
	const id = chance.id(calendar.instant(reported, 10));
	rows.add(externalTrainings, {
		...{
			id,
			personId: person.id,
			unitId,
			kind: 'training-class',
			title,
			provider,
			hours,
			hourCategory: category,
			proofId
		},
		...{ startsAt: calendar.instant(calendar.workday(first), 0), endsAt: calendar.instant(ends, 0) },
		...{ state: decided ? 'confirmed' : 'reported', reportedAt: calendar.instant(reported, 10) },
		...{ decidedBy: decided && decider.id, decidedAt: decided }
	});
	if (!decided) return;
	rows.add(hourEntries, {
		...{ id: chance.id(decided), personId: person.id, unitId, year, category, hours },
		...{ source: 'external', sourceId: id, reverses: null, at: decided }
	});
}
