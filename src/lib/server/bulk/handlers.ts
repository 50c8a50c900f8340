import type { BulkKind } from '#lib/schemas/bulk.ts';
import type { Handler, HandlerOf } from './handler.ts';
import { assignCourse } from './kinds/assign-course.ts';
import { assignProgrammeToList } from './kinds/assign-programme.ts';
import { exemptCandidates, giveExtraTime } from './kinds/candidates.ts';
import { askExemptions, extendDuties, withdrawDuties } from './kinds/duties.ts';
import { inviteToEvent } from './kinds/invite.ts';
import { move } from './kinds/move.ts';
import { acceptInvitations, removeParticipants } from './kinds/participants.ts';
import { planClassForCases, postponeCases } from './kinds/promotions.ts';
import { confirmTrainings, refuseTrainings } from './kinds/trainings.ts';

/** How each kind of act is done. */
const handlers: { [Kind in BulkKind]: HandlerOf<Kind> } = {
	'assign-course': assignCourse,
	'assign-programme': assignProgrammeToList,
	invite: inviteToEvent,
	move,
	'extend-duty': extendDuties,
	'ask-exemption': askExemptions,
	'withdraw-duty': withdrawDuties,
	'exempt-candidate': exemptCandidates,
	'extra-time': giveExtraTime,
	'accept-invitation': acceptInvitations,
	'remove-participant': removeParticipants,
	'plan-class': planClassForCases,
	'postpone-case': postponeCases,
	'confirm-training': confirmTrainings,
	'refuse-training': refuseTrainings
};

/** The values of an act were read by the schema of its kind before they were kept. */
export const handlerOf = (kind: BulkKind): Handler<unknown> => handlers[kind] as unknown as Handler<unknown>;
