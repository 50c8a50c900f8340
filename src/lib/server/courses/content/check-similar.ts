import { lineOf, report, type Source } from '#lib/server/platform/content/source.ts';
import type { QuestionContent, QuestionsFile, SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import type { CourseFolder } from './read-library.ts';

/** Share of common wording from which on two questions look alike. In a library of 600 the closest honest pair had 0.41. */
const alike = 0.5;
/** Share from which on they are the same question. */
const same = 0.8;

interface Worded {
	question: SmallContent;
	/** The case that it stands in. */
	caseId: string | undefined;
	source: Source;
	grams: Set<string>;
}

/** Questions of the whole library that are worded nearly alike, unless their pair is listed under `similar`. */
export function checkSimilar(courses: CourseFolder[]): void {
	const files = courses.flatMap(({ questions }) => (questions ? [questions] : []));
	const worded = files.flatMap(({ source, content }) =>
		content.questions.flatMap((question) => wordedIn(question, source))
	);
	const found = new Map<string, [Worded, Worded, number]>();
	for (const [one, other, share] of pairsAbove(alike, worded)) {
		found.set(pairOf(one.question.id, other.question.id), [one, other, share]);
	}
	for (const pair of checkListed(files, new Set(found.keys()))) found.delete(pair);

	for (const [first, { question, source }, share] of found.values()) {
		report(source, {
			level: share >= same ? 'error' : 'warning',
			line: lineOf(source, question, 'stem'),
			code: 'question.similar',
			question: question.id,
			message: `与 ${first.question.id}（${first.source.file}）的题面有 ${Math.round(share * 100)}% 相同：改写、删去一道，或者列入 similar`
		});
	}
}

/** The pairs that the authors let stand. One that is not alike, or no longer, is reported. */
function checkListed(files: { source: Source; content: QuestionsFile }[], found: ReadonlySet<string>): string[] {
	return files.flatMap(({ source, content: { similar = [] } }) =>
		similar.map(([one = '', other = ''], index) => {
			const pair = pairOf(one, other);
			if (!found.has(pair)) {
				const line = lineOf(source, similar, index);
				const message = `${one} 与 ${other} 的题面并不相近，不用列入 similar`;
				report(source, { level: 'warning', line, code: 'similar.unneeded', message });
			}
			return pair;
		})
	);
}

const pairOf = (one: string, other: string) => [one, other].sort().join(' ');

function wordedIn(question: QuestionContent, source: Source): Worded[] {
	const situation = question.kind === 'case' ? question.situation : '';
	const caseId = question.kind === 'case' ? question.id : undefined;
	return (question.kind === 'case' ? question.questions : [question]).map((small) => {
		return { question: small, caseId, source, grams: gramsOf([situation, small.stem, ...choicesIn(small)].join('')) };
	});
}

/** What a question shows beside its stem: many stems ask no more than which of these are right. */
function choicesIn(question: SmallContent): string[] {
	if ('options' in question) return question.options.map(({ text }) => text);
	if (question.kind === 'ordering') return question.items;
	if (question.kind === 'matching') return question.pairs.flatMap(({ left, right }) => [left, right]);
	return [];
}

/** Every run of three characters: figures all count as one, whatever they are, and punctuation and addresses as nothing. */
export function gramsOf(text: string): Set<string> {
	const plain = text
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/\{[^}]*\}|\d+(?:\.\d+)?/g, '#')
		.replace(/[^\p{L}#]/gu, '');
	return new Set(Array.from({ length: Math.max(plain.length - 2, 0) }, (_, index) => plain.slice(index, index + 3)));
}

/** Pairs by Jaccard's share: what two sets have in common, of what either has. Questions of one case are not compared. */
function* pairsAbove(least: number, worded: Worded[]): Generator<[Worded, Worded, number]> {
	const holders = new Map<string, number[]>();
	for (const [place, one] of worded.entries()) {
		const common = new Map<number, number>();
		for (const gram of one.grams) {
			const earlier = holders.get(gram);
			for (const other of earlier ?? []) common.set(other, (common.get(other) ?? 0) + 1);
			if (earlier) earlier.push(place);
			else holders.set(gram, [place]);
		}
		for (const [index, count] of common) {
			const other = worded[index]!;
			const share = count / (one.grams.size + other.grams.size - count);
			if (share >= least && !(one.caseId && one.caseId === other.caseId)) yield [other, one, share];
		}
	}
}
