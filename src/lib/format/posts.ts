import { m } from '#lib/paraglide/messages.js';
import {
	type Establishment,
	leadershipLevels,
	type LeadershipLevel,
	type personStatuses,
	type PostKind,
	type Rank,
	ranks
} from '#lib/schemas/people.ts';

/** 领导职务层次 in words. */
export const levelNames: Record<LeadershipLevel, () => string> = {
	'department-chief': m.people_level_department_chief,
	'department-deputy': m.people_level_department_deputy,
	'division-chief': m.people_level_division_chief,
	'division-deputy': m.people_level_division_deputy,
	'section-chief': m.people_level_section_chief,
	'section-deputy': m.people_level_section_deputy
};

/** 职级 in words. */
export const rankNames: Record<Rank, () => string> = {
	'inspector-1': m.people_rank_inspector_1,
	'inspector-2': m.people_rank_inspector_2,
	'counsel-1': m.people_rank_counsel_1,
	'counsel-2': m.people_rank_counsel_2,
	'counsel-3': m.people_rank_counsel_3,
	'counsel-4': m.people_rank_counsel_4,
	'principal-clerk-1': m.people_rank_principal_clerk_1,
	'principal-clerk-2': m.people_rank_principal_clerk_2,
	'principal-clerk-3': m.people_rank_principal_clerk_3,
	'principal-clerk-4': m.people_rank_principal_clerk_4,
	'clerk-1': m.people_rank_clerk_1,
	'clerk-2': m.people_rank_clerk_2
};

/** What a post is held as. */
export const postKindNames: Record<PostKind, () => string> = {
	initial: m.people_kind_initial,
	promotion: m.people_kind_promotion,
	transfer: m.people_kind_transfer,
	secondment: m.people_kind_secondment,
	acting: m.people_kind_acting,
	concurrent: m.people_kind_concurrent,
	reappointment: m.people_kind_reappointment
};

/** Whether somebody serves. */
export const statusNames: Record<(typeof personStatuses)[number], () => string> = {
	active: m.people_status_active,
	retired: m.people_status_retired,
	left: m.people_status_left
};

/** 编制: on what footing somebody serves. */
export const establishmentNames: Record<Establishment, () => string> = {
	administrative: m.people_establishment_administrative,
	'like-administrative': m.people_establishment_like_administrative,
	institution: m.people_establishment_institution,
	contract: m.people_establishment_contract
};

/** Leadership levels to narrow a list to: any, each, none. */
export const levelFilter = () => [
	{ value: 'any', label: m.people_level_any() },
	...leadershipLevels.map((value) => ({ value, label: levelNames[value]() })),
	{ value: 'none', label: m.people_level_none() }
];

/** Ranks to narrow a list to: each, none. */
export const rankFilter = () => [
	...ranks.map((value) => ({ value, label: rankNames[value]() })),
	{ value: 'none', label: m.people_rank_none() }
];
