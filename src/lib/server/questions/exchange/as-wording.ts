import type { SmallContent } from '../content/parse-questions.ts';
import type { Wording } from '../wording.ts';
import { isCase, type ExchangeQuestion, type SmallExchange, type SmallWording } from '../formats/exchange-question.ts';

/** Where a file does not say how hard a question is. */
const usualDifficulty = 3;

/** What an examiner gives the points for where a file has a reference answer and no rubric. */
const usualRubric = [{ criterion: '答出参考答案的要点', points: 1 }];

/** A question of a file as the bank writes questions. Its articles are addresses by now. */
export function asWording(question: ExchangeQuestion): Wording {
	if (!isCase(question)) return asContent(question);
	const { situation } = question.wording;
	const inherited = (part: SmallExchange): SmallExchange => ({
		...part,
		...(part.difficulty === undefined && question.difficulty !== undefined && { difficulty: question.difficulty }),
		articles: part.articles.length > 0 ? part.articles : question.articles
	});
	return { kind: 'case', situation, questions: question.questions.map((part) => asContent(inherited(part))) };
}

function asContent({ wording, difficulty = usualDifficulty, articles }: SmallExchange): SmallContent {
	return { ...withRubric(wording), id: '', difficulty, articles } as SmallContent;
}

function withRubric(wording: SmallWording): SmallWording {
	const isWritten = wording.kind === 'short-answer' || wording.kind === 'essay';
	return isWritten && wording.rubric.length === 0 && wording.reference !== ''
		? { ...wording, rubric: usualRubric }
		: wording;
}
