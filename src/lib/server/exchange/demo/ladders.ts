import type { LeadershipLevel, Rank } from '#lib/schemas/people.ts';
import type { Chance } from './chance.ts';
import type { OfficeType } from './offices.ts';

/** What somebody is appointed to. */
export interface Position {
	title: string;
	level: LeadershipLevel | null;
	rank: Rank | null;
}

/** What the 职级 are called; without a leading post they are the title. */
const rankTitles: Record<Rank, string> = {
	'inspector-1': '一级巡视员',
	'inspector-2': '二级巡视员',
	'counsel-1': '一级调研员',
	'counsel-2': '二级调研员',
	'counsel-3': '三级调研员',
	'counsel-4': '四级调研员',
	'principal-clerk-1': '一级主任科员',
	'principal-clerk-2': '二级主任科员',
	'principal-clerk-3': '三级主任科员',
	'principal-clerk-4': '四级主任科员',
	'clerk-1': '一级科员',
	'clerk-2': '二级科员'
};
const ranks = Object.keys(rankTitles) as Rank[];

interface Ladder {
	/** Chief first; the second is repeated as often as the size of the office asks. */
	leaders: { title: string; level: LeadershipLevel; ranks: Rank[] }[];
	/** Other people per deputy. */
	perDeputy: number;
	staff: Partial<Record<Rank, number>>;
}

const clerks = {
	'principal-clerk-1': 10,
	'principal-clerk-2': 12,
	'principal-clerk-3': 16,
	'principal-clerk-4': 16,
	'clerk-1': 24,
	'clerk-2': 10
};
const provincial = {
	'counsel-2': 3,
	'counsel-3': 5,
	'counsel-4': 9,
	'principal-clerk-1': 24,
	'principal-clerk-2': 18,
	'principal-clerk-3': 14,
	'principal-clerk-4': 10,
	'clerk-1': 6
};

/** After 公务员法 Art. 18 and 19: leading posts and the ranks held beside them, office by office. */
const ladders: Record<OfficeType, Ladder> = {
	department: {
		leaders: [
			{ title: '党组书记、厅长', level: 'department-chief', ranks: ['inspector-1'] },
			{ title: '副厅长', level: 'department-deputy', ranks: ['inspector-2', 'inspector-1'] }
		],
		perDeputy: 1,
		staff: { 'inspector-1': 1, 'inspector-2': 2 }
	},
	division: {
		leaders: [
			{ title: '处长', level: 'division-chief', ranks: ['counsel-1', 'counsel-2'] },
			{ title: '副处长', level: 'division-deputy', ranks: ['counsel-3', 'counsel-4'] }
		],
		perDeputy: 5,
		staff: provincial
	},
	institution: {
		leaders: [
			{ title: '主任', level: 'division-chief', ranks: ['counsel-1', 'counsel-2'] },
			{ title: '副主任', level: 'division-deputy', ranks: ['counsel-3', 'counsel-4'] }
		],
		perDeputy: 6,
		staff: provincial
	},
	city: {
		leaders: [
			{ title: '党组书记、局长', level: 'division-chief', ranks: ['counsel-1', 'counsel-2'] },
			{ title: '副局长', level: 'division-deputy', ranks: ['counsel-3', 'counsel-4'] }
		],
		perDeputy: 1.6,
		staff: { 'counsel-2': 1, 'counsel-3': 2, 'counsel-4': 3 }
	},
	'city-division': {
		leaders: [
			{ title: '科长', level: 'section-chief', ranks: ['counsel-4', 'principal-clerk-1', 'principal-clerk-2'] },
			{ title: '副科长', level: 'section-deputy', ranks: ['principal-clerk-3', 'principal-clerk-4'] }
		],
		perDeputy: 6,
		staff: clerks
	},
	'city-institution': {
		leaders: [
			{ title: '主任', level: 'section-chief', ranks: ['counsel-4', 'principal-clerk-1', 'principal-clerk-2'] },
			{ title: '副主任', level: 'section-deputy', ranks: ['principal-clerk-3', 'principal-clerk-4'] }
		],
		perDeputy: 8,
		staff: clerks
	},
	county: {
		leaders: [
			{
				title: '党组书记、局长',
				level: 'section-chief',
				ranks: ['counsel-4', 'principal-clerk-1', 'principal-clerk-2']
			},
			{
				title: '副局长',
				level: 'section-deputy',
				ranks: ['principal-clerk-2', 'principal-clerk-3', 'principal-clerk-4']
			}
		],
		perDeputy: 6,
		staff: { ...clerks, 'clerk-1': 34, 'clerk-2': 22 }
	},
	'county-division': { leaders: [], perDeputy: 1, staff: { ...clerks, 'clerk-1': 34, 'clerk-2': 22 } }
};

/** The heads of institutions have titles of their own. */
const chiefs: [RegExp, string, string][] = [
	[/总队$/, '总队长', '副总队长'],
	[/支队$/, '支队长', '副支队长'],
	[/仲裁院$/, '院长', '副院长'],
	[/社会保险局$/, '局长', '副局长']
];

/** The position of somebody in an office by place: 0 is its chief, then come the deputies, then everybody else. */
export function positionAt(type: OfficeType, office: string, size: number, place: number, chance: Chance): Position {
	const { leaders, perDeputy, staff } = ladders[type];
	const [chief, deputy] = leaders;
	const deputies = deputy ? Math.min(6, Math.max(1, Math.round((size - 1) / (perDeputy + 1)))) : 0;
	const named = chiefs.find(([ending]) => ending.test(office));

	if (place === 0 && chief)
		return { title: named?.[1] ?? chief.title, level: chief.level, rank: chance.pick(chief.ranks) };
	if (place <= deputies && deputy)
		return { title: named?.[2] ?? deputy.title, level: deputy.level, rank: chance.pick(deputy.ranks) };
	const rank = chance.weighed(staff);
	return { title: rankTitles[rank], level: null, rank };
}

/** The position below: what somebody who has risen held before. */
export function positionBelow({ level, rank }: Position): Position {
	const lower = rank === null ? null : (ranks[Math.min(ranks.indexOf(rank) + 1, ranks.length - 1)] ?? null);
	const before = level === null ? undefined : risesFrom[level];
	if (before) return { ...before, rank: lower };
	return { title: lower ? rankTitles[lower] : '科员', level: null, rank: lower };
}

/** Leading post held before the one at that level; a first leading post is preceded by none. */
const risesFrom: Partial<Record<LeadershipLevel, Omit<Position, 'rank'>>> = {
	'department-chief': { title: '副厅长', level: 'department-deputy' },
	'department-deputy': { title: '处长', level: 'division-chief' },
	'division-chief': { title: '副处长', level: 'division-deputy' },
	'division-deputy': { title: '科长', level: 'section-chief' },
	'section-chief': { title: '副科长', level: 'section-deputy' }
};
