import type { Role } from '../platform/roles.ts';

/**
 * Who may what, readable aloud: "HR may people:edit", each over the unit of the grant and everything below it.
 * What everybody may do with their own things (study, own record, own account) needs no ability.
 */
export const abilitiesOf = {
	learner: [],
	author: ['question:view', 'question:edit'],
	examiner: ['question:view', 'exam:view', 'exam:mark'],
	invigilator: ['exam:view', 'exam:invigilate'],
	hr: [
		'unit:view',
		'unit:edit',
		'people:view',
		'people:edit',
		'people:import',
		'account:issue',
		'training:view',
		'training:assign',
		'programme:view',
		'programme:edit',
		'exam:view',
		'exam:edit',
		'promotion:view',
		'promotion:edit',
		'completion:view',
		'completion:people',
		'result:view',
		'result:confirm',
		'role:view',
		'role:grant',
		'event:view',
		'event:edit',
		'hours:view',
		'hours:confirm',
		'exemption:decide',
		'reminder:edit',
		'plan:view',
		'report:view',
		'indicator:view',
		'publicity:view',
		'report:write',
		'report:comment',
		'indicator:score',
		'publicity:edit'
	],
	legal: [
		'unit:view',
		'question:view',
		'question:edit',
		'question:review',
		'question:export',
		'exam:view',
		'exam:edit',
		'exam:mark',
		'training:view',
		'programme:view',
		'completion:view',
		'completion:people',
		'result:view',
		'event:view',
		'event:edit',
		'hours:view',
		'plan:view',
		'plan:edit',
		'report:view',
		'report:decide',
		'report:comment',
		'indicator:view',
		'indicator:edit',
		'indicator:verify',
		'publicity:view',
		'publicity:edit',
		'publicity:inspect'
	],
	liaison: [
		'unit:view',
		'people:view',
		'people:edit',
		'people:import',
		'account:issue',
		'training:view',
		'training:assign',
		'programme:view',
		'programme:edit',
		'exam:view',
		'promotion:view',
		'completion:view',
		'completion:people',
		'result:view',
		'event:view',
		'event:edit',
		'hours:view',
		'hours:confirm',
		'plan:view',
		'report:view',
		'indicator:view',
		'publicity:view',
		'report:write',
		'report:comment',
		'indicator:score',
		'publicity:edit'
	],
	leader: [
		'unit:view',
		'training:view',
		'programme:view',
		'exam:view',
		'promotion:view',
		'completion:view',
		'completion:people',
		'result:view',
		'event:view',
		'hours:view',
		'plan:view',
		'report:view',
		'indicator:view',
		'publicity:view',
		'report:sign',
		'report:comment'
	],
	auditor: ['unit:view', 'audit:view', 'role:view', 'plan:view', 'report:view', 'indicator:view', 'publicity:view'],
	admin: [
		'unit:view',
		'unit:edit',
		'people:view',
		'people:edit',
		'people:import',
		'account:issue',
		'role:view',
		'role:grant',
		'audit:view',
		'settings:edit',
		'reminder:edit',
		'completion:view'
	]
} as const satisfies Record<Role, readonly string[]>;

/** Something that may be done to what belongs to a unit, as `noun:verb`. */
export type Ability = (typeof abilitiesOf)[Role][number];

/** Every ability once, in the order of the table. */
export const abilities: readonly Ability[] = [...new Set(Object.values(abilitiesOf).flat())];

/** What goes with a role only where it is one's own: whoever acts for somebody does not hand their roles on. */
export const neverLent: readonly Ability[] = ['role:grant'];

/** Whether a role carries an ability. */
export const carries = (role: Role, ability: Ability): boolean =>
	(abilitiesOf[role] as readonly Ability[]).includes(ability);
