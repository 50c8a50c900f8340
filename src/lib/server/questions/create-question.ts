import { eq } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import type { QuestionUse } from '#lib/schemas/questions.ts';
import { demandWithin } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { demandSound, type Wording } from './wording.ts';
import { insertQuestion, writeCaseDraft, writeDraft } from './write-draft.ts';

/** What a question is besides its wording. */
export interface QuestionPlace {
	unitId: string;
	use: QuestionUse;
	topic: string;
	tags: string[];
}

/**
 * Begins a question of the bank as a draft of the actor's and gives its id. A case begins with its questions.
 * @throws not-found unit.not-found, invalid question.*
 */
export function createQuestion(
	ctx: SignedIn,
	{ unitId, use, topic, tags, content }: QuestionPlace & { content: Wording }
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, unitId));
		demandWithin(ctx, 'question:edit', unit?.path, 'unit');
		demandSound(content);

		const place = { unitId, use, topic, tags: [...new Set(tags)] };
		const created = await insertQuestion(ctx, { ...place, kind: content.kind });
		if (content.kind === 'case') {
			const parts: string[] = [];
			for (const [index, part] of content.questions.entries()) {
				const row = await insertQuestion(ctx, { ...place, kind: part.kind, caseId: created.id, position: index + 1 });
				await writeDraft(ctx, row, part);
				parts.push(row.id);
			}
			const { situation } = content;
			await writeCaseDraft(ctx, created.id, { kind: 'case', situation, questions: parts }, content.questions);
		} else await writeDraft(ctx, created, content);

		await record(ctx, 'question.created', created.id, { unitId, kind: content.kind });
		return created.id;
	});
}
