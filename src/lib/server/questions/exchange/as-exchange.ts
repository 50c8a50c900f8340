import type { SmallContent } from '../content/parse-questions.ts';
import type { Details, SmallExchange, SmallWording } from '../formats/exchange-question.ts';

/** A stored question without its identity and what is made from it, on its way out of the bank. */
export function asExchange(content: SmallContent, details: Omit<Details, 'articles' | 'difficulty'>): SmallExchange {
	const { articles, difficulty } = content;
	return { ...details, articles: [...articles], difficulty, wording: wordingOf(content) };
}

function wordingOf(content: SmallContent): SmallWording {
	const { stem, explanation } = content;
	const prose = { stem, explanation };
	switch (content.kind) {
		case 'single':
		case 'multiple': {
			const { kind, options, key, shuffle } = content;
			return {
				...prose,
				kind,
				options: options.map(({ text, why }) => ({ text, ...(why && { why }) })),
				key: [...key],
				...(shuffle === false && { shuffle })
			};
		}
		case 'true-false':
			return { ...prose, kind: content.kind, key: content.key, why: content.why };
		case 'fill-in':
			return { ...prose, kind: content.kind, blanks: content.blanks };
		case 'numeric': {
			const { kind, parameters, steps, formula, decimals, tolerance, unit, mistakes, examples } = content;
			const given = { ...(steps && { steps }), ...(mistakes && { mistakes }) };
			return { ...prose, kind, parameters, formula, decimals, tolerance, unit, examples, ...given };
		}
		case 'matching': {
			const { kind, pairs, distractors } = content;
			return { ...prose, kind, pairs, ...(distractors && { distractors }) };
		}
		case 'ordering':
			return { ...prose, kind: content.kind, items: content.items };
		case 'short-answer':
			return { ...prose, kind: content.kind, reference: content.reference, rubric: content.rubric };
		case 'essay': {
			const { kind, reference, rubric, words } = content;
			return { ...prose, kind, reference, rubric, ...(words && { words }) };
		}
	}
}
