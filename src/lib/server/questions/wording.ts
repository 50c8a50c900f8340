import { inArray, sql } from 'drizzle-orm';
import { articles } from '#db/schema/statutes.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { checkWording } from './check-wording.ts';
import type { SmallContent } from './content/parse-questions.ts';

/** A case as it is written in the bank: with its questions, of which those that exist already carry their code as `id`. */
export interface CaseWording {
	kind: 'case';
	situation: string;
	questions: SmallContent[];
}

/** What somebody writes as a question. The `id` of a question is its code, and is given by the bank. */
export type Wording = SmallContent | CaseWording;

/** What is kept of the draft of a case: which questions it has, in order, by their ids. */
export interface CaseDraft {
	kind: 'case';
	situation: string;
	questions: string[];
}

/** Refuses a wording that could not be asked or scored. @throws invalid question.<what is wrong>, with its field */
export function demandSound(wording: Wording): void {
	const [fault] = checkWording(wording);
	if (fault) throw invalid(fault.code, { field: fault.field, values: fault.values ?? {} });
}

/** Ids of the articles that a wording rests on. @throws invalid question.article-unknown */
export async function articleIdsOf({ db }: Context, addresses: readonly string[]): Promise<string[]> {
	if (addresses.length === 0) return [];
	const address = sql<string>`${articles.statute} || '/' || ${articles.number}`;
	const rows = await db
		.select({ id: articles.id, address })
		.from(articles)
		.where(inArray(address, [...addresses]));
	const unknown = addresses.find((wanted) => !rows.some(({ address }) => address === wanted));
	if (unknown) throw invalid('question.article-unknown', { field: 'articles', values: { article: unknown } });
	return rows.map(({ id }) => id);
}
