import { m } from '#lib/paraglide/messages.js';
import type { BulkField, BulkKind, BulkList, bulkRowStates } from '#lib/schemas/bulk.ts';

/** What is done, as a heading and on a button. */
export const kindWords: Record<BulkKind, () => string> = {
	'assign-course': m.bulk_kind_assign_course,
	'assign-programme': m.bulk_kind_assign_programme,
	invite: m.bulk_kind_invite,
	move: m.bulk_kind_move,
	'extend-duty': m.bulk_kind_extend_duty,
	'ask-exemption': m.bulk_kind_ask_exemption,
	'withdraw-duty': m.bulk_kind_withdraw_duty,
	'exempt-candidate': m.bulk_kind_exempt_candidate,
	'extra-time': m.bulk_kind_extra_time,
	'accept-invitation': m.bulk_kind_accept_invitation,
	'remove-participant': m.bulk_kind_remove_participant,
	'plan-class': m.bulk_kind_plan_class,
	'postpone-case': m.bulk_kind_postpone_case,
	'confirm-training': m.bulk_kind_confirm_training,
	'refuse-training': m.bulk_kind_refuse_training
};

/** One line on what it means for each of them. */
export const kindHints: Record<BulkKind, () => string> = {
	'assign-course': m.bulk_hint_assign_course,
	'assign-programme': m.bulk_hint_assign_programme,
	invite: m.bulk_hint_invite,
	move: m.bulk_hint_move,
	'extend-duty': m.bulk_hint_extend_duty,
	'ask-exemption': m.bulk_hint_ask_exemption,
	'withdraw-duty': m.bulk_hint_withdraw_duty,
	'exempt-candidate': m.bulk_hint_exempt_candidate,
	'extra-time': m.bulk_hint_extra_time,
	'accept-invitation': m.bulk_hint_accept_invitation,
	'remove-participant': m.bulk_hint_remove_participant,
	'plan-class': m.bulk_hint_plan_class,
	'postpone-case': m.bulk_hint_postpone_case,
	'confirm-training': m.bulk_hint_confirm_training,
	'refuse-training': m.bulk_hint_refuse_training
};

export const fieldWords: Record<BulkField, () => string> = {
	courseId: m.bulk_field_course,
	programmeId: m.bulk_field_programme,
	eventId: m.bulk_field_event,
	unitId: m.bulk_field_unit,
	title: m.bulk_field_title,
	dueOn: m.bulk_field_due,
	startsOn: m.bulk_field_starts,
	document: m.bulk_field_document,
	ground: m.bulk_field_ground,
	until: m.bulk_field_until,
	extraMinutes: m.bulk_field_extra,
	pauseMinutes: m.bulk_field_pause,
	reason: m.bulk_field_reason
};

export const listWords: Record<BulkList, () => string> = {
	people: m.bulk_list_people,
	assignment: m.bulk_list_assignment,
	programme: m.bulk_list_programme,
	candidates: m.bulk_list_candidates,
	participants: m.bulk_list_participants,
	promotions: m.bulk_list_promotions,
	trainings: m.bulk_list_trainings
};

type RowState = (typeof bulkRowStates)[number];

export const rowWords: Record<RowState, () => string> = {
	waiting: m.bulk_row_waiting,
	done: m.bulk_row_done,
	refused: m.bulk_row_refused,
	undone: m.bulk_row_undone
};
export const rowShapes = { waiting: 'none', done: 'done', refused: 'late', undone: 'none' } as const;

type ActState = 'previewed' | 'running' | 'done' | 'undoing' | 'undone';

export const actWords: Record<ActState, () => string> = {
	previewed: m.bulk_state_previewed,
	running: m.bulk_state_running,
	done: m.bulk_state_done,
	undoing: m.bulk_state_undoing,
	undone: m.bulk_state_undone
};
export const actShapes = {
	previewed: 'none',
	running: 'going',
	done: 'done',
	undoing: 'going',
	undone: 'none'
} as const;

/** The page of a list as it was narrowed. */
export function addressOf(list: BulkList, filter: string): string {
	const query = new URLSearchParams(filter);
	const of = query.get('of') ?? '';
	for (const name of ['of', 'id']) query.delete(name);
	const pages: Record<BulkList, string> = {
		people: '/manage/people',
		assignment: `/manage/assignments/${of}`,
		programme: `/manage/programmes/assignments/${of}`,
		candidates: `/manage/exams/${of}/candidates`,
		participants: `/manage/events/${of}/participants`,
		promotions: '/manage/promotions',
		trainings: '/manage/events/external'
	};
	return query.size > 0 ? `${pages[list]}?${query}` : pages[list];
}
