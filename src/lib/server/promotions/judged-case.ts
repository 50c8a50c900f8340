import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { caseStateOf } from './case-state.ts';
import { examStandingOf, itemStateOf } from './item-state.ts';
import type { Case } from './queries.ts';

/** A case with what it and each of its items amount to today: what the pages show. */
export function judgedCase({ now }: Context, found: Case) {
	const today = dateOf(now);
	return {
		...found,
		state: caseStateOf(found, today),
		items: found.items.map((item) => ({
			...item,
			state: itemStateOf(item, today),
			standing: examStandingOf(item.sittings)
		}))
	};
}

export type JudgedCase = ReturnType<typeof judgedCase>;
export type JudgedItem = JudgedCase['items'][number];

/** The same of a list, as it is read. */
export async function* judgedCases(ctx: Context, cases: AsyncIterable<Case>): AsyncGenerator<JudgedCase> {
	for await (const found of cases) yield judgedCase(ctx, found);
}
