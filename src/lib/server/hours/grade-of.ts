import { type SQL, sql } from 'drizzle-orm';
import { type Grade, grades } from '#lib/schemas/hours.ts';
import { type LeadershipLevel, leadershipLevels, type Rank, ranks } from '#lib/schemas/people.ts';

/** The lowest post and the lowest rank of each grade; whoever has neither is staff. */
const lowest: Record<Exclude<Grade, 'staff'>, { level: LeadershipLevel; rank: Rank }> = {
	department: { level: 'department-deputy', rank: 'inspector-2' },
	division: { level: 'division-deputy', rank: 'counsel-4' },
	section: { level: 'section-deputy', rank: 'principal-clerk-4' }
};

/** 层次 of somebody: that of the leading post or of the rank, whichever is higher. */
export function gradeOf(level: LeadershipLevel | null, rank: Rank | null): Grade {
	const isIn = (grade: keyof typeof lowest) =>
		(level !== null && leadershipLevels.indexOf(level) <= leadershipLevels.indexOf(lowest[grade].level)) ||
		(rank !== null && ranks.indexOf(rank) <= ranks.indexOf(lowest[grade].rank));
	return grades.find((grade) => grade === 'staff' || isIn(grade)) ?? 'staff';
}

/** The same in SQL: the database orders posts and ranks from the highest down. */
export const gradeIn = (level: SQL, rank: SQL): SQL => sql`case
	${sql.join(
		Object.entries(lowest).map(
			([grade, { level: least, rank: lowestRank }]) =>
				sql`when ${level} <= ${least}::leadership_level or ${rank} <= ${lowestRank}::rank then ${grade}`
		),
		sql` `
	)} else 'staff' end`;
