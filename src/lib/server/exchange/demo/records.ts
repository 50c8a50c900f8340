import type { SignedIn } from '../../platform/context.ts';
import { answerCorrection, askCorrection } from '../../records/corrections.ts';
import { noteLook } from '../../records/looks.ts';
import type { Calendar } from './calendar.ts';

/** The learner's record was looked at before the year's review; one correction was answered, another waits. */
export async function openRecords(hr: SignedIn, learner: SignedIn, calendar: Calendar): Promise<void> {
	const learnerId = learner.actor.personId;
	for (const [day, hour] of [
		[-21, 9],
		[-21, 15],
		[-6, 10]
	] as const)
		await noteLook({ ...hr, now: calendar.instant(day, hour) }, learnerId);

	const correctionId = await askCorrection(
		{ ...learner, now: calendar.instant(-20, 11) },
		{ part: 'external', what: '5月省委党校讲座只有3学时，应为6学时。', why: '结业证写明6学时，证明材料第1页。' }
	);
	await answerCorrection(
		{ ...hr, now: calendar.instant(-19, 9) },
		{ correctionId, decision: 'accept', because: '证书属实，学时已更正。' }
	);
	await askCorrection(
		{ ...learner, now: calendar.instant(-2, 16) },
		{ part: 'person', what: '现任职务的任职日期记为3月，应为2月。', why: '任职文件所写日期。' }
	);
}
