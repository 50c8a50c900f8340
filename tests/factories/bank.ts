import { eq, inArray, sql } from 'drizzle-orm';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { articles } from '#db/schema/statutes.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { createQuestion } from '#lib/server/questions/create-question.ts';
import { storedQuestion } from '#lib/server/questions/stored-question.ts';
import type { CaseWording, Wording } from '#lib/server/questions/wording.ts';
import { aPerson } from './people.ts';
import { aFillIn, aMatching, aMultiple, aNumeric, anOrdering, aSingle, aTrueFalse } from './questions.ts';
import { as, aUnit, theProvince, type Unit } from './units.ts';

export interface BankQuestion {
	id: string;
	versionId: string;
	code: string;
	content: SmallContent;
}

interface BankValues extends Partial<typeof questions.$inferInsert> {
	/** Whose question it is; the province's unless told. */
	unit?: Unit;
	authorId?: string;
	reviewedBy?: string;
}

let made = 0;

/** A published question of the bank, typed in rather than brought by a course; for exams unless told. */
export async function aBankQuestion(
	ctx: Context,
	content: SmallContent = aSingle({ stem: `第${++made}题：关系从哪天起？` }),
	{ unit, authorId, reviewedBy, ...values }: BankValues = {}
): Promise<BankQuestion> {
	const [id, versionId] = [newId(), newId()];
	const code = values.code ?? `x-${id.slice(-12)}`;
	const wording = { ...content, id: code };
	const owner = unit ?? (await theProvince(ctx));
	await ctx.db.insert(questions).values({
		id,
		kind: content.kind,
		unitId: owner.id,
		use: 'exam',
		createdAt: ctx.now,
		...values,
		code,
		state: 'unpublished'
	});
	await ctx.db.insert(questionVersions).values({
		id: versionId,
		questionId: id,
		number: 1,
		difficulty: content.difficulty,
		content: storedQuestion(wording),
		hash: code,
		authorId,
		reviewedBy,
		createdAt: ctx.now
	});
	await ctx.db
		.update(questions)
		.set({ currentVersionId: versionId, state: values.state ?? 'published' })
		.where(eq(questions.id, id));
	const cited = await ctx.db
		.select({ articleId: articles.id })
		.from(articles)
		.where(inArray(sql`${articles.statute} || '/' || ${articles.number}`, content.articles));
	if (cited.length > 0) await ctx.db.insert(questionArticles).values(cited.map((row) => ({ ...row, versionId })));
	return { id, versionId, code, content: wording };
}

const kinds = [aSingle, aMultiple, aTrueFalse, aFillIn, aNumeric, aMatching, anOrdering];

/** A bank of published exam questions of every kind that is scored automatically, each with a stem of its own. */
export async function aPublishedBank(
	ctx: Context,
	count: number,
	values: BankValues & { articles?: string[] } = {}
): Promise<BankQuestion[]> {
	const { articles: cited, ...rest } = values;
	const bank: BankQuestion[] = [];
	for (let index = 0; index < count; index++) {
		const content = kinds[index % kinds.length]!(cited && { articles: cited });
		const stem = content.kind === 'numeric' ? content.stem : `第${++made}题：${content.stem}`;
		bank.push(await aBankQuestion(ctx, { ...content, stem }, rest));
	}
	return bank;
}

/** An author and a reviewer of one unit, with what they act in. */
export async function aBankOffice(base: Context, { below }: { below?: Unit } = {}) {
	const unit = await aUnit(base, below && { below });
	const [author, reviewer] = [await aPerson(base, { unit }), await aPerson(base, { unit })];
	return {
		unit,
		author: as(base, author.id, { role: 'author', unit }),
		reviewer: as(base, reviewer.id, { role: 'legal', unit })
	};
}

/** A question that somebody has written and nobody has reviewed. */
export function aDraft(
	ctx: SignedIn,
	unit: Unit,
	content: Wording = aSingle({ articles: [], stem: `第${++made}题：关系从哪天起？` })
): Promise<string> {
	return createQuestion(ctx, { unitId: unit.id, use: 'exam', topic: '', tags: [], content });
}

/** A case with two questions. */
export const aCaseWording = (over: Partial<CaseWording> = {}): CaseWording => ({
	kind: 'case',
	situation: '郑某到公司做保安，满三个月仍未订立书面合同。',
	questions: [
		aTrueFalse({ articles: [], stem: '公司可以再拖一个月。' }),
		aSingle({ articles: [], stem: '郑某可以主张什么？', difficulty: 4 })
	],
	...over
});
