import {
	type Establishment,
	establishments,
	type LeadershipLevel,
	leadershipLevels,
	type PostKind,
	postKinds,
	personStatuses,
	type Rank,
	ranks
} from '#lib/schemas/people.ts';
import { addDays, type CalendarDate, isCalendarDate } from '../../platform/dates.ts';

/** Written where a person holds no leading post, or no 职级: an empty cell leaves what is there. */
export const none = 'none';

const plain = (text: string) =>
	text
		.normalize('NFKC')
		.replace(/\([^)]*\)/g, '') // the English names give the Chinese ones in brackets
		.replace(/[\s·,.-]+/g, '')
		.toLowerCase();

const reader = <Value extends string>(words: Record<Value, string[]>) => {
	const values = new Map(
		Object.entries<string[]>(words).flatMap(([value, names]) =>
			[value, ...names].map((name) => [plain(name), value as Value] as const)
		)
	);
	return (text: string): Value | undefined => values.get(plain(text));
};

const byValue = <Value extends string>(values: readonly Value[], wordsOf: (value: Value, at: number) => string[]) =>
	Object.fromEntries(values.map((value, at) => [value, wordsOf(value, at)])) as Record<Value, string[]>;

const levelWords = [
	{ long: '厅局级', short: ['厅', '厅局', '局', '司局', '地厅'], en: ['department', 'bureau'] },
	{ long: '县处级', short: ['处', '县处', '县'], en: ['division', 'county'] },
	{ long: '乡科级', short: ['科', '乡科', '乡'], en: ['section', 'township'] }
];

/** 县处级正职, 正处级, 正处, Division chief. A job title such as 处长 is no level: deputies of a province are called so too. */
export const readLevel = reader<LeadershipLevel | typeof none>({
	...byValue(leadershipLevels, (_, at) => {
		const { long, short, en } = levelWords[at >> 1]!;
		const [mark, title] = at % 2 === 0 ? ['正', 'chief'] : ['副', 'deputy'];
		return [
			`${long}${mark}职`,
			...short.flatMap((name) => [`${mark}${name}级`, `${mark}${name}`, `${name}级${mark}职`]),
			...en.flatMap((name) => [`${name} ${title}`, `${name}-level ${title}`])
		];
	}),
	none: ['无', '无领导职务', '非领导职务', '非领导', 'no']
});

const rankNames: Record<string, [string, string]> = {
	inspector: ['巡视员', 'inspector'],
	counsel: ['调研员', 'counsel'],
	'principal-clerk': ['主任科员', 'principal clerk'],
	clerk: ['科员', 'clerk']
};

/** 一级调研员, 1级调研员, Counsel 1, Grade 1 counsel. */
export const readRank = reader<Rank | typeof none>({
	...byValue(ranks, (rank) => {
		const at = rank.lastIndexOf('-');
		const grade = Number(rank.slice(at + 1));
		const [chinese, english] = rankNames[rank.slice(0, at)]!;
		return [
			`${'一二三四'[grade - 1]}级${chinese}`,
			`${grade}级${chinese}`,
			`${english} ${grade}`,
			`${english}, grade ${grade}`,
			`grade ${grade} ${english}`,
			`level ${grade} ${english}`
		];
	}),
	none: ['无', '无职级', 'no']
});

/** 初任, 提任, 调任 … and their English names. */
export const readKind = reader<PostKind>(
	byValue(
		postKinds,
		(kind) =>
			({
				initial: ['初任', '录用', '新录用', '首次任职', '录用或首次登记', 'first', 'first post'],
				promotion: ['提任', '晋升', '提拔', '升任', '晋升任职', '晋升领导职务', 'promoted'],
				transfer: ['调任', '转任', '调动', '平调', '交流', '平级调动', 'transferred'],
				secondment: ['借调', '挂职', '借用', 'seconded'],
				acting: ['代理', '主持工作', '代理主持', '代理或主持工作'],
				concurrent: ['兼任', '兼职'],
				reappointment: [
					'续任',
					'连任',
					'同一任期续任',
					'同一任期内续任',
					're-appointed',
					'reappointed',
					're-appointment'
				]
			})[kind]
	)
);

/** 行政编制, 参公, 事业编, 编外 … and their English names. */
export const readEstablishment = reader<Establishment>(
	byValue(
		establishments,
		(establishment) =>
			({
				administrative: ['行政编制', '行政编', '行政', '公务员', '公务员编制', 'civil service'],
				'like-administrative': [
					'参公事业编制',
					'参公编制',
					'参公',
					'参照公务员法管理',
					'参公管理',
					'managed like the civil service'
				],
				institution: ['事业编制', '事业编', '事业', '事业单位', 'public institution'],
				contract: ['编外聘用', '编外', '聘用', '合同制', '合同工', '劳务派遣', 'by contract']
			})[establishment]
	)
);

/** 在职, 退休, 离开. */
export const readStatus = reader(
	byValue(
		personStatuses,
		(status) =>
			({
				active: ['在职', '在岗', '在编在岗', '正常', 'in office', 'in service', 'serving'],
				retired: ['退休', '已退休', '离退休'],
				left: [
					'离开',
					'离职',
					'调出',
					'辞职',
					'已离开',
					'已离职',
					'已调出',
					'调出或离职',
					'已调出或离职',
					'辞退',
					'gone'
				]
			})[status]
	)
);

const written = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:[ T]0?0:00.*)?$/;

/**
 * A date in any of the ways in which offices write one: 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301, or the serial
 * number by which Excel counts days (from 1900, or from 1904 where the workbook says so).
 */
export function readDate(text: string, dates1904 = false): CalendarDate | undefined {
	const trimmed = text
		.normalize('NFKC')
		.trim()
		.replace(/\s*([年月日])\s*/g, '$1');
	const [, year, month = '', day = ''] = written.exec(trimmed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed) ?? [];
	if (year) return valid(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);

	const [, serial] = /^(\d{4,5})(?:\.\d+)?$/.exec(trimmed) ?? [];
	if (serial) return valid(addDays(dates1904 ? '1904-01-01' : '1899-12-30', Number(serial)));
	return undefined;
}

const valid = (date: string) =>
	isCalendarDate(date) && date >= '1930-01-01' && date <= '2100-12-31' ? date : undefined;
