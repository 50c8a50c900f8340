import { m } from '#lib/paraglide/messages.js';
import type { trainingStates } from '#lib/schemas/events.ts';

export const trainingStateWords: Record<(typeof trainingStates)[number], () => string> = {
	reported: m.events_training_reported,
	confirmed: m.events_training_confirmed,
	refused: m.events_training_refused,
	revoked: m.events_training_revoked
};
