import { eq } from 'drizzle-orm';
import { examMarkers } from '#db/schema/exam-marking.ts';
import { examAnswers, examLateAnswers } from '#db/schema/exam-sittings.ts';
import { askAppeal } from '#lib/server/exams/marking/ask-appeal.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { takeNext } from '#lib/server/exams/marking/take-next.ts';
import { workOutStatistics } from '#lib/server/exams/statistics/work-out.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { rightAnswer } from '../../factories/answers.ts';
import { aPublishedExam, asCandidate, asLegal, aSitting, type PublishedExam } from '../../factories/exams.ts';
import { afterClose, aWrittenExam } from '../../factories/marking.ts';
import { aPerson } from '../../factories/people.ts';
import { aSingle } from '../../factories/questions.ts';
import { as } from '../../factories/units.ts';
import type { Place, Rows } from '../route-access.ts';

/** The day before: what was sat then is over now. */
const before = (ctx: Context): Context => ({ ...ctx, now: new Date(ctx.now.getTime() - 86_400_000) });

/** An exam of the place that was sat by two people there and is over. */
async function sat(place: Place, values: Parameters<typeof aPublishedExam>[1] = {}) {
	const ctx = before(place.ctx);
	const published = await aPublishedExam(ctx, { unit: place.unit, of: place.unit, candidates: 2, bank: 5, ...values });
	const attempts: string[] = [];
	for (const [index, person] of published.candidates.entries())
		attempts.push(await aSitting(ctx, published.exam, person, { wrong: index * 4 }));
	await workOutStatistics(place.ctx, published.exam.id);
	return { ...published, attempts };
}

async function written(place: Place): Promise<PublishedExam> {
	const published = await aWrittenExam(before(place.ctx), { unit: place.unit, of: place.unit, candidates: 1 });
	await aSitting(before(place.ctx), published.exam, published.candidates[0]!);
	return published;
}

const theExam = async (place: Place) => ({ exam: (await sat(place)).exam.id });
const theWritten = async (place: Place) => ({ exam: (await written(place)).exam.id });

/** An answer that the holder has taken. */
async function taken(place: Place) {
	const { exam } = await written(place);
	const answer = await takeNext(as(place.ctx, place.holder.id, { role: 'examiner', unit: place.unit }), exam.id);
	return { exam: exam.id, answer: answer! };
}

/** A released exam with an appeal. */
async function appealed(place: Place) {
	const { exam, candidates, attempts } = await sat(place);
	const now = afterClose(exam);
	await releaseExam({ ...(await asLegal(place.ctx)), now }, exam.id);
	const own = { ...asCandidate(place.ctx, candidates[0]!), now };
	const appealId = await askAppeal(own, { attemptId: attempts[0]!, slot: 1, reason: '选项B也符合条文' });
	return { exam: exam.id, appealId };
}

async function late(place: Place) {
	const { exam, attempts } = await sat(place);
	const [answer] = await place.ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attempts[1]!));
	const lateId = newId();
	await place.ctx.db.insert(examLateAnswers).values({
		id: lateId,
		attemptId: attempts[1]!,
		slot: answer!.slot,
		response: rightAnswer(aSingle()),
		revision: 9,
		writer: 'page-two',
		reason: 'late',
		receivedAt: place.ctx.now
	});
	return { exam: exam.id, lateId };
}

async function asked(place: Place) {
	const { exam, attempts } = await sat(place);
	const [answer] = await place.ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attempts[0]!));
	return { exam: exam.id, question: answer!.questionId };
}

const mending = { policy: 'full-credit', reason: '答案有误' };

export const rows: Rows = {
	'/(app)/manage/exams/[exam]/marking': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: theWritten,
		actions: { next: theWritten }
	},
	'/(app)/manage/exams/[exam]/marking/markers': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: theWritten,
		actions: {
			add: async (place) => ({
				...(await theWritten(place)),
				staffNumber: (await aPerson(place.ctx, { unit: place.unit })).staffNumber
			}),
			remove: async (place) => {
				const { exam } = await theWritten(place);
				const { id: personId } = await aPerson(place.ctx, { unit: place.unit });
				await place.ctx.db.insert(examMarkers).values({ examId: exam, personId });
				return { exam, personId };
			}
		}
	},
	'/(app)/manage/exams/[exam]/marking/[answer]': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: taken,
		actions: {
			save: async (place) => ({ ...(await taken(place)), 'criteria[]': '1' }),
			draft: async (place) => ({ ...(await taken(place)), 'criteria[]': '1' }),
			giveBack: taken
		}
	},
	'/(app)/manage/exams/[exam]/appeals': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: async (place) => ({ exam: (await appealed(place)).exam }),
		actions: { answer: async (place) => ({ ...(await appealed(place)), decision: 'dismissed', answer: '答案无误' }) }
	},
	'/(app)/manage/exams/[exam]/late': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: async (place) => ({ exam: (await late(place)).exam }),
		actions: { decide: async (place) => ({ ...(await late(place)), decision: 'admit' }) }
	},
	'/(app)/manage/exams/[exam]/key/[question]': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: asked,
		actions: {
			preview: async (place) => ({ ...(await asked(place)), ...mending }),
			mend: async (place) => ({ ...(await asked(place)), ...mending })
		}
	},
	'/(app)/manage/exams/[exam]/results': {
		open: 'to-holders',
		ability: 'exam:view',
		acts: 'exam:edit',
		params: theExam,
		actions: {
			release: theExam,
			void: async (place) => {
				const { exam, attempts } = await sat(place);
				return { exam: exam.id, attemptId: attempts[0]!, because: '查实代考' };
			}
		}
	},
	'/(app)/manage/exams/[exam]/results/export': { open: 'to-holders', ability: 'exam:view', params: theExam },
	'/(app)/manage/exams/[exam]/copies': { open: 'to-holders', ability: 'exam:edit', params: theExam },
	'/(app)/manage/exams/[exam]/statistics': { open: 'to-holders', ability: 'exam:view', params: theExam },
	'/(app)/manage/exams/[exam]/statistics/export': { open: 'to-holders', ability: 'exam:view', params: theExam },
	'/(app)/manage/exams/[exam]/summary': {
		open: 'to-holders',
		ability: 'exam:view',
		params: async (place) => ({ exam: (await appealed(place)).exam })
	}
};
