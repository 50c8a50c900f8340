import { and, asc, eq } from 'drizzle-orm';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers, examSections } from '#db/schema/exam-papers.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { questionVersions } from '#db/schema/questions.ts';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import { publishExam } from '#lib/server/exams/publish-exam.ts';
import { saveAnswer } from '#lib/server/exams/sitting/save-answer.ts';
import { startAttempt } from '#lib/server/exams/sitting/start-attempt.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { asShown } from '#lib/server/questions/shown-letters.ts';
import type { AskedQuestion } from '#lib/server/questions/stored-question.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { rightAnswer, wrongAnswer } from './answers.ts';
import { aBankQuestion } from './bank.ts';
import { aPerson, type Person } from './people.ts';
import { as, aUnit, theProvince, type Unit } from './units.ts';

export type Exam = typeof exams.$inferSelect;
export type Attempt = typeof examAttempts.$inferSelect;

type Values = Partial<typeof exams.$inferInsert> & { unit?: Unit };

const hour = 3_600_000;

/** The draft of an exam that is open now and closes in two hours, without papers or candidates. */
export async function anExam(ctx: Context, { unit, ...values }: Values = {}): Promise<Exam> {
	const owner = unit ?? (await theProvince(ctx));
	const [exam] = await ctx.db
		.insert(exams)
		.values({
			id: newId(),
			unitId: owner.id,
			title: '2026年度法律知识考试',
			opensAt: new Date(ctx.now.getTime() - hour),
			closesAt: new Date(ctx.now.getTime() + 2 * hour),
			minutes: 60,
			createdBy: (await aPerson(ctx, { unit: owner })).id,
			createdAt: ctx.now,
			...values
		})
		.returning();
	return exam!;
}

type SectionValues = Partial<typeof examSections.$inferInsert>;

/** A paper for everybody with its sections; one of five single-choice questions at two points unless told. */
export async function aPaper(ctx: Context, exam: Exam, sections: SectionValues[] = [{}]): Promise<string> {
	const paperId = newId();
	await ctx.db.insert(examPapers).values({ id: paperId, examId: exam.id, position: 1, name: 'A卷' });
	await ctx.db.insert(examSections).values(
		sections.map((section, index) => ({
			id: newId(),
			paperId,
			position: index + 1,
			title: '单项选择',
			kind: 'single' as const,
			count: 5,
			points: 2,
			...section
		}))
	);
	return paperId;
}

/** Everybody who keeps exams for the province. */
export const asLegal = async <Ctx extends Context>(ctx: Ctx) => {
	const province = await theProvince(ctx);
	return as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'legal', unit: province });
};

/** An exam draws from the bank of its own unit. */
const keeper = ({ unit }: Values) => (unit ? { unit } : {});

export interface PublishedExam {
	exam: Exam;
	candidates: Person[];
}

/** A published exam with its papers made: three candidates of one unit (a new one, or `of`) and five questions of a bank of eight, unless told. */
export async function aPublishedExam(
	ctx: Context,
	{
		candidates = 3,
		bank = 8,
		sections,
		of,
		...values
	}: Values & { candidates?: number; bank?: number; sections?: SectionValues[]; of?: Unit } = {}
): Promise<PublishedExam> {
	for (let made = 0; made < bank; made++) await aBankQuestion(ctx, undefined, keeper(values));
	const exam = await anExam(ctx, values);
	await aPaper(ctx, exam, sections);
	const unit = of ?? (await aUnit(ctx));
	const people: Person[] = [];
	for (let made = 0; made < candidates; made++) people.push(await aPerson(ctx, { unit }));
	const targets = of ? people.map(({ id }) => ({ personId: id })) : [{ unitId: unit.id }];
	await ctx.db
		.insert(examTargets)
		.values(targets.map((target, index) => ({ examId: exam.id, position: index + 1, ...target })));
	await publishExam(await asLegal(ctx), exam.id);
	await preparePapers(ctx, exam.id);
	const [published] = await ctx.db.select().from(exams).where(eq(exams.id, exam.id));
	return { exam: published!, candidates: people };
}

/** A published exam with five questions that names this person alone. */
export async function aCandidacy(
	ctx: Context,
	person: Person,
	{ sections, bank = 8, ...values }: Values & { sections?: SectionValues[]; bank?: number } = {}
): Promise<{ exam: Exam }> {
	for (let made = 0; made < bank; made++) await aBankQuestion(ctx, undefined, keeper(values));
	const exam = await anExam(ctx, values);
	await aPaper(ctx, exam, sections);
	await ctx.db.insert(examTargets).values({ examId: exam.id, position: 1, personId: person.id });
	await publishExam(await asLegal(ctx), exam.id);
	await preparePapers(ctx, exam.id);
	const [published] = await ctx.db.select().from(exams).where(eq(exams.id, exam.id));
	return { exam: published! };
}

/** A candidate at work. */
export const asCandidate = <Ctx extends Context>(ctx: Ctx, person: Person) => as(ctx, person.id);

/** The candidate's paper. */
export async function attemptOf(ctx: Context, exam: Exam, person: Person, number = 1): Promise<Attempt> {
	const [attempt] = await ctx.db
		.select()
		.from(examAttempts)
		.where(
			and(eq(examAttempts.examId, exam.id), eq(examAttempts.personId, person.id), eq(examAttempts.number, number))
		);
	if (!attempt) throw new Error('the candidate has no such attempt');
	return attempt;
}

/** What the candidate would send to answer each slot, the first ones wrongly. */
export async function answersFor(
	ctx: Context,
	attemptId: string,
	{ wrong = 0 } = {}
): Promise<{ slot: number; response: GivenAnswer }[]> {
	const asked = await ctx.db
		.select({ answer: examAnswers, content: questionVersions.content })
		.from(examAnswers)
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.where(eq(examAnswers.attemptId, attemptId))
		.orderBy(asc(examAnswers.slot));
	return asked.map(({ answer: { slot, parameters, optionOrder }, content }) => {
		const question = content as AskedQuestion;
		const stated = slot <= wrong ? wrongAnswer(question) : rightAnswer(question, parameters ?? {});
		return { slot, response: asShown(stated, optionOrder) as GivenAnswer };
	});
}

export const aWriter = 'page-one';

/** Starts the candidate's attempt. @returns its id */
export const aStart = (ctx: SignedIn, exam: Exam, writer = aWriter): Promise<string> =>
	startAttempt(ctx, { examId: exam.id, writer, address: '127.0.0.1' });

/** One whole sitting: started, every slot or the first `answered` answered (the first `wrong` ones wrongly), handed in. @returns id of the attempt */
export async function aSitting(
	ctx: Context,
	exam: Exam,
	person: Person,
	{ answered, ...options }: { wrong?: number; answered?: number } = {}
): Promise<string> {
	const candidate = asCandidate(ctx, person);
	const attemptId = await aStart(candidate, exam);
	for (const { slot, response } of (await answersFor(ctx, attemptId, options)).slice(0, answered))
		await saveAnswer(candidate, { attemptId, slot, revision: 1, writer: aWriter, response });
	await submitAttempt(candidate, attemptId);
	return attemptId;
}
