import type { State } from '#lib/components/ui/Status.svelte';
import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';
import type {
	EventKind,
	eventPurposes,
	eventStates,
	hourCategories,
	outcomes,
	participantStates,
	Presence
} from '#lib/schemas/events.ts';

type Words<Key extends string> = Record<Key, () => string>;
type EventState = (typeof eventStates)[number];
type Standing = Exclude<(typeof participantStates)[number], 'removed'>;
type Outcome = (typeof outcomes)[number];

export const kindWords: Words<EventKind> = {
	lecture: m.events_kind_lecture,
	'training-class': m.events_kind_training_class,
	'collective-study': m.events_kind_collective_study,
	'pre-meeting-study': m.events_kind_pre_meeting_study,
	'court-observation': m.events_kind_court_observation,
	seminar: m.events_kind_seminar
};

export const purposeWords: Words<(typeof eventPurposes)[number]> = {
	general: m.events_purpose_general,
	'newly-promoted': m.events_purpose_newly_promoted
};

export const categoryWords: Words<(typeof hourCategories)[number]> = {
	required: m.events_category_required,
	elective: m.events_category_elective,
	online: m.events_category_online,
	class: m.events_category_class
};

export const stateWords: Words<EventState> = {
	planned: m.events_state_planned,
	open: m.events_state_open,
	held: m.events_state_held,
	closed: m.events_state_closed,
	cancelled: m.events_state_cancelled
};

/** The shape that stands before the word. */
export const stateShapes: Record<EventState, State> = {
	planned: 'none',
	open: 'going',
	held: 'soon',
	closed: 'done',
	cancelled: 'exempt'
};

export const standingWords: Words<Standing> = {
	invited: m.events_standing_invited,
	coming: m.events_standing_coming,
	waiting: m.events_standing_waiting,
	declined: m.events_standing_declined
};

export const standingShapes: Record<Standing, State> = {
	invited: 'none',
	coming: 'done',
	waiting: 'soon',
	declined: 'exempt'
};

export const presenceWords: Words<Presence> = {
	present: m.events_presence_present,
	partial: m.events_presence_partial,
	leave: m.events_presence_leave,
	absent: m.events_presence_absent
};

export const presenceShapes: Record<Presence, State> = {
	present: 'done',
	partial: 'going',
	leave: 'exempt',
	absent: 'late'
};

export const outcomeWords: Words<Outcome> = {
	attended: m.events_outcome_attended,
	partial: m.events_outcome_partial,
	'on-leave': m.events_outcome_on_leave,
	absent: m.events_outcome_absent
};

export const outcomeShapes: Record<Outcome, State> = {
	attended: 'done',
	partial: 'going',
	'on-leave': 'exempt',
	absent: 'late'
};

/** A table of words as the options of a list. */
export const optionsOf = (words: Words<string>): { value: string; label: string }[] =>
	Object.entries(words).map(([value, label]) => ({ value, label: label() }));

/** From when to when, in one line: the day once where it is the same. */
export function whenOf({ startsAt, endsAt }: { startsAt: string | Date; endsAt: string | Date }, zone: string): string {
	const [first, last] = [formatDate(startsAt, 'date', zone), formatDate(endsAt, 'date', zone)];
	const from = formatDate(startsAt, 'clock', zone);
	const to = formatDate(endsAt, 'clock', zone);
	return first === last ? m.events_when_day({ day: first, from, to }) : m.events_when_days({ first, last });
}

/** As many sessions as have a column each beside the names; those of a longer class are told in words. */
export const mostAcross = 5;

/** A session by its place, with its title where it has one. */
export const sessionName = ({ position, title }: { position: number; title: string }): string =>
	title ? m.events_session_titled({ number: position, title }) : m.events_session_number({ number: position });

/** Shares of the sessions that may be missed with leave, as people say them. */
const shares: Record<string, string> = {
	'0.1': '1/10',
	'0.143': '1/7',
	'0.2': '1/5',
	'0.25': '1/4',
	'0.334': '1/3',
	'0.5': '1/2'
};

export function leaveLimitWords(limit: number): string {
	const share = shares[String(limit)];
	return share ? m.events_leave_share({ share }) : m.events_leave_none();
}
