import { assignments, assignmentTargets } from '#db/schema/programmes.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { Person } from './careers.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Course } from './library.ts';
import type { Office } from './offices.ts';
import type { Rows } from './write-rows.ts';

/** An act of the HR office or of a liaison, as the demo tells it. */
export interface Assignment {
	id: string;
	course: Course;
	reason: string;
	made: number;
	due: number;
	/** The units that it names, each with everything below. */
	targets: Office[];
	/** Everybody below the targets, or only those who came to the service from that day on. */
	newcomersSince: number | null;
	/** Day on which it was taken back, before anybody had begun. */
	withdrawn: number | null;
}

export interface Library {
	labourContract: Course;
	employmentPromotion: Course;
	disputes: Course;
	newlyPromoted: Course;
}

/** The course library holds the courses that the demo tells of. @throws a sentence where one is missing */
export function libraryOf(courses: Course[]): Library {
	const find = (slug: string) => {
		const course = courses.find((each) => each.slug === slug);
		if (!course)
			throw new Error(`The demo province needs the course ${slug}: bring in the library with "mingfa courses sync".`);
		return course;
	};
	return {
		labourContract: find('labour-contract'),
		employmentPromotion: find('employment-promotion'),
		disputes: find('labour-dispute-mediation-arbitration'),
		newlyPromoted: find('newly-promoted-leaders')
	};
}

/** What has been assigned since the platform came to the province: last year to the pilot cities, this year to all. */
export function planAssignments(offices: Office[], library: Library, chance: Chance, calendar: Calendar): Assignment[] {
	const lastYear = Number(calendar.today.slice(0, 4)) - 1;
	const root = offices[0]!;
	const cities = offices.filter(({ type }) => type === 'city');
	const [pilots, others] = [cities.filter(({ pilot }) => pilot), cities.filter(({ pilot }) => !pilot)];
	const divisions = offices.filter(({ type }) => type === 'division');
	const institutions = offices.filter(({ type }) => type === 'institution');
	const centre = [...divisions, ...institutions];
	const personnel = offices.filter(({ name }) => /人事[处科]$/.test(name));
	const disputes = offices.filter(({ name, type }) => /调解仲裁|仲裁院|监察/.test(name) && !type.startsWith('county'));
	const enforcing = offices.filter(({ name, pilot }) => pilot && /劳动关系科|监察总队|监察支队/.test(name));
	const squads = offices.filter(({ name, pilot }) => !pilot && name.endsWith('监察支队'));
	const counties = offices.filter(({ type, parentId }) => type === 'county' && parentId === pilots[0]?.id);

	const plan = (
		course: Course,
		reason: string,
		made: number,
		due: number,
		targets: Office[],
		more: Partial<Assignment> = {}
	): Assignment => ({
		id: chance.id(calendar.instant(made)),
		course,
		reason,
		made: calendar.workday(made),
		due,
		targets,
		newcomersSince: null,
		withdrawn: null,
		...more
	});
	const day = (date: string) => calendar.day(date);

	return [
		// last year
		plan(
			library.employmentPromotion,
			'年度法治培训计划，厅机关和试点市先行',
			day(`${lastYear}-03-02`),
			day(`${lastYear}-11-30`),
			[...centre, ...pilots]
		),
		plan(library.disputes, '机关处室依法行政专题', day(`${lastYear}-05-11`), day(`${lastYear}-12-15`), divisions),
		// this year
		plan(library.disputes, '调解仲裁和监察岗位上岗培训', -210, -30, disputes),
		plan(library.disputes, '人事岗位加学', -160, 45, personnel, { withdrawn: -150 }),
		plan(library.labourContract, '年度法治培训计划', -100, 37, [...divisions, ...enforcing]),
		plan(library.disputes, '年度法治培训计划', -84, 37, [...institutions, ...pilots]),
		plan(library.employmentPromotion, '年度法治培训计划', -84, 37, others),
		plan(library.labourContract, '县区窗口轮训', -50, 4, counties),
		plan(library.labourContract, '新录用和调入人员岗前学习', -20, 70, [root], { newcomersSince: -330 }),
		plan(library.employmentPromotion, '监察执法人员补训', -3, 88, squads)
	];
}

/** Why the one that was taken back was. */
export const withdrawnBecause = '与年度统一安排重复';

/** Whether an assignment reaches a person: they served in one of its units when it was made. */
export function reaches({ targets, made, newcomersSince }: Assignment, person: Person): boolean {
	if (person.left !== null && person.left <= made) return false;
	if (person.joined > made || (newcomersSince !== null && person.joined < newcomersSince)) return false;
	const { path } = person.officeOn(made);
	return targets.some((target) => path === target.path || path.startsWith(`${target.path}.`));
}

/** Writes the assignments; one for newcomers names the people it reached. */
export function keepAssignments(
	plans: Assignment[],
	by: Person,
	unit: Office,
	{ rows, calendar, chance }: { rows: Rows; calendar: Calendar; chance: Chance }
): void {
	for (const { id, course, reason, made, due, targets, newcomersSince, withdrawn } of plans) {
		const createdAt = calendar.instant(made, 9.25);
		rows.add(assignments, {
			id,
			courseId: course.id,
			unitId: unit.id,
			reason,
			dueOn: calendar.date(due),
			createdBy: by.id,
			createdAt,
			withdrawnAt: withdrawn === null ? null : calendar.instant(withdrawn, 15),
			withdrawnBy: withdrawn === null ? null : by.id,
			withdrawnBecause: withdrawn === null ? null : withdrawnBecause
		});
		if (newcomersSince === null) {
			targets.forEach((target, place) =>
				rows.add(assignmentTargets, {
					assignmentId: id,
					position: `u${place}`,
					personId: null,
					unitId: target.id,
					subtree: true
				})
			);
		}
		const told = (at: Date, action: string, details: Record<string, unknown>) =>
			rows.add(auditEntries, { id: chance.id(at), at, actorId: by.id, action, subjectId: id, details });
		told(createdAt, 'assignment.made', {
			courseId: course.id,
			dueOn: calendar.date(due),
			unitIds: targets.map((target) => target.id)
		});
		if (withdrawn !== null) told(calendar.instant(withdrawn, 15), 'assignment.withdrawn', { obligationIds: [] });
	}
}
