import { newId } from '#lib/server/platform/ids.ts';
import { aCandidacy, aSitting, asCandidate, attemptOf, aStart, type Exam } from '../../factories/exams.ts';
import type { Person } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

/** An exam that the one who asks is to sit. The pages of a sitting are their own: somebody else's do not exist for them. */
async function anExamOf({ ctx, holder }: Pick<Place, 'ctx' | 'holder'>): Promise<{ exam: Exam; person: Person }> {
	return { exam: (await aCandidacy(ctx, holder)).exam, person: holder };
}

const ofExam = async (place: Place) => ({ exam: (await anExamOf(place)).exam.id });

const onAttempt = async (place: Place) => ({ attemptId: newId(), writer: `page-${place.unit.code}` });

export const rows: Rows = {
	'/(app)/exams': { open: 'to-the-signed-in' },
	'/(app)/exams/[exam]': { open: 'to-the-signed-in', status: 404, params: ofExam, actions: { start: () => ({}) } },
	'/(app)/exams/[exam]/sit': {
		open: 'to-the-signed-in',
		status: 404,
		params: async (place) => {
			const { exam, person } = await anExamOf(place);
			await aStart(asCandidate(place.ctx, person), exam);
			return { exam: exam.id };
		},
		actions: {
			answer: async (place) => ({ ...(await onAttempt(place)), slot: '1', kind: 'true-false', value: 'true', to: '2' }),
			submit: onAttempt,
			pause: onAttempt,
			resume: onAttempt,
			'take-over': onAttempt
		}
	},
	'/(app)/exams/[exam]/answers/[slot]': {
		open: 'to-the-signed-in',
		params: async (place) => ({ ...(await ofExam(place)), slot: '1' })
	},
	'/(app)/exams/[exam]/incidents': { open: 'to-the-signed-in', params: ofExam },
	'/(app)/exams/[exam]/clock': {
		open: 'to-the-signed-in',
		status: 404,
		params: ofExam,
		query: () => ({ attempt: newId() })
	},
	'/(app)/exams/[exam]/papers/[attempt]': {
		open: 'to-the-signed-in',
		status: 404,
		params: async (place) => {
			const { exam, person } = await anExamOf(place);
			await aSitting(place.ctx, exam, person);
			return { exam: exam.id, attempt: (await attemptOf(place.ctx, exam, person)).id };
		},
		actions: { appeal: () => ({ slot: '1', reason: '选项B也符合条文' }) }
	}
};
