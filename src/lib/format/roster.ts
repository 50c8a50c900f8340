import { m } from '#lib/paraglide/messages.js';
import type { Establishment, LeadershipLevel, PostKind, Rank } from '#lib/schemas/people.ts';
import type { RosterField, Verdict } from '#lib/schemas/roster.ts';
import { establishmentNames, levelNames, postKindNames, rankNames, statusNames } from './posts.ts';

/** The columns of a roster in words, as the template heads them. */
export const fieldNames: Record<RosterField, () => string> = {
	staffNumber: m.roster_field_staff_number,
	name: m.roster_field_name,
	unitCode: m.roster_field_unit_code,
	unitName: m.roster_field_unit_name,
	title: m.roster_field_title,
	leadershipLevel: m.roster_field_leadership_level,
	rank: m.roster_field_rank,
	kind: m.roster_field_kind,
	startsOn: m.roster_field_starts_on,
	document: m.roster_field_document,
	email: m.roster_field_email,
	joinedOn: m.roster_field_joined_on,
	establishment: m.roster_field_establishment,
	status: m.roster_field_status,
	leftOn: m.roster_field_left_on
};

/** What each column says, and what has to be in it. */
export const fieldGuides: Record<RosterField, () => string> = {
	staffNumber: m.roster_about_staff_number,
	name: m.roster_about_name,
	unitCode: m.roster_about_unit_code,
	unitName: m.roster_about_unit_name,
	title: m.roster_about_title,
	leadershipLevel: m.roster_about_leadership_level,
	rank: m.roster_about_rank,
	kind: m.roster_about_kind,
	startsOn: m.roster_about_starts_on,
	document: m.roster_about_document,
	email: m.roster_about_email,
	joinedOn: m.roster_about_joined_on,
	establishment: m.roster_about_establishment,
	status: m.roster_about_status,
	leftOn: m.roster_about_left_on
};

const wordsOf = (names: Record<string, () => string>) => Object.values(names).map((name) => name());

/** What a column may say where it takes one of a few words only. */
export function allowedWords(field: RosterField): string[] {
	if (field === 'leadershipLevel') return [m.roster_none(), ...wordsOf(levelNames)];
	if (field === 'rank') return [m.roster_none(), ...wordsOf(rankNames)];
	if (field === 'kind') return (['initial', 'promotion', 'transfer'] as const).map((kind) => postKindNames[kind]());
	if (field === 'establishment') return wordsOf(establishmentNames);
	if (field === 'status') return wordsOf(statusNames);
	return [];
}

/** A value as the rows of an import hold it, in words; what could not be read is shown as it was written. */
export function valueInWords(field: RosterField, value: string | null | undefined): string {
	if (!value) return m.roster_blank();
	if (field === 'leadershipLevel')
		return value === 'none' ? m.roster_none() : (levelNames[value as LeadershipLevel]?.() ?? value);
	if (field === 'rank') return value === 'none' ? m.roster_none() : (rankNames[value as Rank]?.() ?? value);
	if (field === 'kind') return postKindNames[value as PostKind]?.() ?? value;
	if (field === 'establishment') return establishmentNames[value as Establishment]?.() ?? value;
	if (field === 'status') return statusNames[value as keyof typeof statusNames]?.() ?? value;
	return value;
}

/** What a row would do, in one word. */
export const verdictNames: Record<Verdict, () => string> = {
	new: m.roster_verdict_new,
	changed: m.roster_verdict_changed,
	unchanged: m.roster_verdict_unchanged,
	wrong: m.roster_verdict_wrong
};
