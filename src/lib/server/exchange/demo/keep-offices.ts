import { unitPeriods, units } from '#db/schema/units.ts';
import type { Calendar } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Office } from './offices.ts';
import type { Rows } from './write-rows.ts';

const founded = -7_300;
const renamed = { name: '职业能力建设处', before: '职业培训处', from: -520 };
const merged = { code: 'WS00-60', name: '省人力资源市场管理办公室', into: '省人才服务中心', on: -300 };

/** Writes the tree, with some history: one division had another name, one office went over into another. */
export function keepOffices(
	offices: Office[],
	{ rows, chance, calendar }: { rows: Rows; chance: Chance; calendar: Calendar }
): void {
	const opened = calendar.date(founded);
	const period = { parentId: null, startsOn: opened, endsOn: null, closing: null, mergedIntoId: null };
	const newId = () => chance.id(calendar.instant(founded));

	for (const { id, path, parentId, kind, name, code, position } of offices) {
		rows.add(units, {
			id,
			path,
			parentId,
			kind,
			name,
			code,
			position,
			openedOn: opened,
			closedOn: null,
			mergedIntoId: null
		});
		const since = name === renamed.name ? calendar.date(renamed.from) : opened;
		if (since !== opened)
			rows.add(unitPeriods, { ...period, id: newId(), unitId: id, name: renamed.before, parentId, endsOn: since });
		rows.add(unitPeriods, { ...period, id: newId(), unitId: id, name, parentId, startsOn: since });
	}

	const root = offices[0]!;
	const into = offices.find(({ name }) => name === merged.into)!;
	const [id, closedOn] = [newId(), calendar.date(merged.on)];
	const label = merged.code.toLowerCase().replace('-', '_');
	rows.add(units, {
		id,
		path: `${root.path}.${label}`,
		parentId: root.id,
		kind: 'institution',
		name: merged.name,
		code: merged.code,
		position: into.position,
		openedOn: opened,
		closedOn,
		mergedIntoId: into.id
	});
	rows.add(unitPeriods, {
		...period,
		id: newId(),
		unitId: id,
		name: merged.name,
		parentId: root.id,
		endsOn: closedOn,
		closing: 'merged',
		mergedIntoId: into.id
	});
}
