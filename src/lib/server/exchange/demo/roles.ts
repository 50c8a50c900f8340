import { auditEntries } from '#db/schema/audit.ts';
import { grants } from '#db/schema/units.ts';
import type { Role } from '../../platform/roles.ts';
import type { Calendar } from './calendar.ts';
import type { Person } from './careers.ts';
import type { Chance } from './chance.ts';
import type { Office } from './offices.ts';
import type { Rows } from './write-rows.ts';

/** Who stands for a role in the demo: the office and the place in it, counted from its chief; from its end when negative. */
const seats: Record<Role, { office: string; place: number }> = {
	admin: { office: '省信息中心', place: 0 },
	hr: { office: '人事处', place: 0 },
	legal: { office: '法规处', place: 0 },
	author: { office: '法规处', place: -1 },
	examiner: { office: '省人事考试中心', place: 0 },
	invigilator: { office: '省人事考试中心', place: -1 },
	auditor: { office: '社会保险基金监督处', place: 0 },
	leader: { office: '望舒省人力资源和社会保障厅', place: 0 },
	liaison: { office: '青禾市人社局人事科', place: 0 },
	learner: { office: '霁台区人力资源和社会保障局', place: -2 }
};

/** The role that a seat stands for, if any. */
export function roleAt({ name, size }: Office, place: number): Role | undefined {
	for (const [role, seat] of Object.entries(seats) as [Role, { office: string; place: number }][]) {
		if (seat.office === name && (seat.place + size) % size === place) return role;
	}
	return undefined;
}

/** Roles that come with a place in an office, and the office over which they are held. */
export function rolesOf(
	person: Person,
	office: Office,
	parent: Office | undefined,
	root: Office
): { role: Role; over: Office }[] {
	const seat = roleAt(office, person.place);
	const held: { role: Role; over: Office }[] = [];
	if (seat && !['learner', 'leader', 'liaison'].includes(seat)) held.push({ role: seat, over: root });
	if (office.name === '人事处' && person.place === 1) held.push({ role: 'hr', over: root });
	if (person.place === 0 && person.position.level) held.push({ role: 'leader', over: office });
	if (parent && office.name.endsWith('人社局人事科') && person.place === 0)
		held.push({ role: 'liaison', over: parent });
	if (parent && office.name.endsWith('人社局法规科') && person.place === 0) held.push({ role: 'legal', over: parent });
	if (office.type === 'county' && person.place === office.size - 1) held.push({ role: 'liaison', over: office });
	return held;
}

/** Writes a role that the administrator gave; the administrator's own comes from the command. */
export function keepGrant(
	{ rows, calendar, chance }: { rows: Rows; calendar: Calendar; chance: Chance },
	person: Person,
	role: Role,
	over: Office,
	admin: Person | undefined
): void {
	const day = Math.max(person.rise?.day ?? -640, -640);
	const at = calendar.instant(day, 11);
	const id = chance.id(at);
	const by = admin && admin.id !== person.id ? admin.id : null;
	rows.add(grants, {
		id,
		personId: person.id,
		role,
		unitId: over.id,
		startsOn: calendar.date(day),
		endsOn: null,
		grantedBy: by,
		grantedAt: at,
		revokedAt: null,
		revokedBy: null
	});
	rows.add(auditEntries, {
		id: chance.id(at),
		at,
		actorId: by,
		action: 'role.granted',
		subjectId: person.id,
		details: { grantId: id, role, unitId: over.id, from: calendar.date(day), until: null }
	});
}
