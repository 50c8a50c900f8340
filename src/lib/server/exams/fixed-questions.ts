import { sql } from 'drizzle-orm';
import { questions } from '#db/schema/questions.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { invalid } from '../platform/errors.ts';
import { examEligible } from '../questions/exam-eligible.ts';
import { type Drawing, drawnBy } from './section-pool.ts';

type Asked = {
	exam: Drawing;
	kind: (typeof questions.$inferSelect)['kind'];
	codes: readonly string[];
};

/**
 * Ids of the questions with these codes, in the order named, each fit to be asked in this exam.
 * @throws invalid section.unknown-code for codes that no question of the bank has, section.unfit-code for questions of another
 *   kind, of a case, or that an exam of this sort may not ask
 */
export async function readFixedQuestions({ db, now }: Context, { exam, kind, codes }: Asked): Promise<string[]> {
	const found = await db
		.select({
			id: questions.id,
			code: questions.code,
			fits: sql<boolean>`${questions.kind} = ${kind} and ${questions.caseId} is null
				and ${examEligible(questions, { ...drawnBy(exam), today: dateOf(now) })}`
		})
		.from(questions)
		.where(sql`lower(${questions.code}) = any(${sql.param(codes.map((code) => code.toLowerCase()))}::text[])`);
	const byCode = new Map(found.map((question) => [question.code.toLowerCase(), question]));
	const refuse = (code: string, refused: string[]) => {
		if (refused.length > 0) throw invalid(code, { field: 'codes', values: { codes: refused.join(' ') } });
	};
	refuse(
		'section.unknown-code',
		codes.filter((code) => !byCode.has(code.toLowerCase()))
	);
	refuse(
		'section.unfit-code',
		codes.filter((code) => !byCode.get(code.toLowerCase())!.fits)
	);
	return [...new Set(codes.map((code) => byCode.get(code.toLowerCase())!.id))];
}
