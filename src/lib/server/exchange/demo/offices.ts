import type { Unit } from '../../units/queries.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';
import { cities, countyName, laggards } from './names.ts';

/** What kind of office it is: decides its posts, its size and what its people study. */
export type OfficeType =
	| 'department'
	| 'division'
	| 'institution'
	| 'city'
	| 'city-division'
	| 'city-institution'
	| 'county'
	| 'county-division';

/** A unit of the province, with what the demo needs to know of it. */
export interface Office extends Pick<Unit, 'id' | 'path' | 'parentId' | 'kind' | 'name' | 'code' | 'position'> {
	type: OfficeType;
	/** The city that it lies in; none for the department and its own. */
	city: string | null;
	/** From the first year on; the other cities joined this year. */
	pilot: boolean;
	/** How eagerly people study here, from 0 to 1. */
	zeal: number;
	/** People who work here, retired ones included. */
	size: number;
}

/** People of an office in a province of 2,000; other provinces have as many more or less. */
const usualSize: Record<OfficeType, number> = {
	department: 7,
	division: 9,
	institution: 14,
	city: 5,
	'city-division': 5,
	'city-institution': 9,
	county: 9.6,
	'county-division': 6
};

export const divisions = [
	'办公室',
	'人事处',
	'法规处',
	'规划财务处',
	'就业促进处',
	'人力资源市场处',
	'职业能力建设处',
	'专业技术人员管理处',
	'事业单位人事管理处',
	'劳动关系处',
	'调解仲裁管理处',
	'工资福利处',
	'养老保险处',
	'失业保险处',
	'工伤保险处',
	'农民工工作处',
	'社会保险基金监督处',
	'机关党委'
];
const institutions = [
	'劳动保障监察总队',
	'劳动人事争议仲裁院',
	'社会保险局',
	'公共就业服务中心',
	'人事考试中心',
	'人才服务中心',
	'职业技能鉴定指导中心',
	'信息中心'
];
const cityDivisions = ['办公室', '人事科', '法规科', '就业促进科', '社会保险科', '劳动关系科'];
const cityInstitutions = ['劳动保障监察支队', '劳动人事争议仲裁院', '社会保险服务中心'];
const countyDivisions = [
	'劳动保障监察大队',
	'劳动人事争议仲裁院',
	'社会保险服务中心',
	'就业服务中心',
	'办公室',
	'人事股',
	'法规股',
	'劳动关系股',
	'基金监督股',
	'城东服务所',
	'城西服务所',
	'城南服务所'
];

/** Cities of the first year, in the order of `cities`. */
const pilotCities = 3;
const counties = 100;

/**
 * The tree of offices for so many people, parents before children: the department with divisions and institutions, eleven
 * cities with theirs, a hundred counties; large provinces have offices below the counties as well.
 */
export function planOffices(people: number, chance: Chance, calendar: Calendar): Office[] {
	const offices: Office[] = [];
	const opened = calendar.instant(-7_300);
	const below = perCounty(people);

	function open(parent: Office | null, type: OfficeType, kind: Office['kind'], code: string, name: string): Office {
		const label = code.toLowerCase().replace('-', '_');
		const city = type === 'city' ? name.slice(0, 2) : (parent?.city ?? null);
		const zeal = parent?.parentId ? parent.zeal : city && laggards.includes(city) ? 0.74 : 0.92 + chance.draw() * 0.05;
		const office: Office = {
			id: chance.id(opened),
			path: parent ? `${parent.path}.${label}` : label,
			parentId: parent?.id ?? null,
			kind,
			name,
			code,
			position: offices.length + 1,
			type,
			city,
			pilot: city === null || cities.indexOf(city) < pilotCities,
			zeal,
			size: usualSize[type]
		};
		offices.push(office);
		return office;
	}

	const department = open(null, 'department', 'province', 'WS00', '望舒省人力资源和社会保障厅');
	divisions.forEach((name, place) => open(department, 'division', 'division', `WS00-${two(place + 1)}`, name));
	institutions.forEach((name, place) =>
		open(department, 'institution', 'institution', `WS00-${two(place + 51)}`, `省${name}`)
	);

	let county = 0;
	cities.forEach((name, place) => {
		const code = `WS${two(place + 1)}`;
		const city = open(department, 'city', 'city', code, `${name}市人力资源和社会保障局`);
		cityDivisions.forEach((division, number) =>
			open(city, 'city-division', 'division', `${code}-${two(number + 1)}`, `${name}市人社局${division}`)
		);
		cityInstitutions.forEach((institution, number) =>
			open(city, 'city-institution', 'institution', `${code}-${two(number + 51)}`, `${name}市${institution}`)
		);
		const until = Math.round((counties * (place + 1)) / cities.length);
		for (let number = 1; county < until; number++, county++) {
			const [own, ending] = [`${code}${two(number)}`, number <= 2 ? '区' : '县'];
			const bureau = open(city, 'county', 'county', own, `${countyName(county)}${ending}人力资源和社会保障局`);
			for (let division = 0; division < below; division++) {
				const kind = division < 4 ? 'institution' : 'division';
				open(
					bureau,
					'county-division',
					kind,
					`${own}-${two(division + 1)}`,
					`${countyName(county)}${ending}${divisionName(division)}`
				);
			}
		}
	});
	share(offices, people);
	return offices;
}

const two = (number: number) => String(number).padStart(2, '0');

/** A province of 100,000 has about 1,400 offices; below 20,000 people the counties have none of their own. */
const perCounty = (people: number) => Math.max(0, Math.round((people / 70 - 240) / counties));

const divisionName = (number: number) => countyDivisions[number] ?? `第${number - countyDivisions.length + 1}服务所`;

/** Divides the people among the offices, the largest remainders first; nobody stays alone in an office. */
function share(offices: Office[], people: number): void {
	const whole = offices.reduce((sum, { size }) => sum + size, 0);
	const exact = offices.map(({ size }) => Math.max(2, (size * people) / whole));
	const scale = people / exact.reduce((sum, size) => sum + size, 0);
	let left = people;
	const parts = offices.map((office, place) => {
		const size = exact[place]! * scale;
		office.size = Math.floor(size);
		left -= office.size;
		return { office, remainder: size - office.size };
	});
	for (const { office } of parts.toSorted((a, b) => b.remainder - a.remainder).slice(0, left)) office.size++;
}
