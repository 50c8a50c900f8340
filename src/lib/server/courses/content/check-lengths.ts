import { letterOf } from '#lib/server/questions/letters.ts';
import type { MultipleContent, SingleContent, SmallContent } from '#lib/server/questions/content/parse-questions.ts';

type Choice = SingleContent | MultipleContent;

/** Fewer questions than this show no tendency. */
const fewest = 6;
/** Among how many of a course's questions of one kind the right options may all be longer than the wrong ones. */
const mostLongest = 1 / 3;
/** How much longer the right options of a course may be than the wrong ones, on average. */
const mostLonger = 1.25;

/** Whether the right options of a course give themselves away by their length. */
export function checkLengths(small: SmallContent[], warn: (code: string, message: string) => void): void {
	for (const [kind, name] of [
		['single', '单选题'],
		['multiple', '多选题']
	] as const) {
		const choices = small.filter((question): question is Choice => question.kind === kind);
		if (choices.length < fewest) continue;
		const longest = choices.filter((question) => {
			const { right, wrong } = lengthsIn(question);
			return Math.min(...right) > Math.max(...wrong);
		});
		if (longest.length > mostLongest * choices.length) {
			const ids = longest.map(({ id }) => id).join('、');
			warn(
				'balance.longest',
				`${choices.length} 道${name}里有 ${longest.length} 道的正确项最长，不应超过三分之一：${ids}`
			);
		}
		const lengths = choices.map(lengthsIn);
		const ratio = mean(lengths.flatMap(({ right }) => right)) / mean(lengths.flatMap(({ wrong }) => wrong));
		if (ratio > mostLonger) {
			const times = ratio.toFixed(2);
			warn('balance.longer', `${name}的正确项平均是错误项的 ${times} 倍长，不应超过 ${mostLonger} 倍`);
		}
	}
}

/** Lengths of the longest and the shortest option, where they differ so much that it shows. */
export function unevenOptions({ options }: Choice): { longest: number; shortest: number } | undefined {
	const lengths = options.map(({ text }) => text.length);
	const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
	return longest > 2 * shortest && longest > 8 ? { longest, shortest } : undefined;
}

function lengthsIn({ options, key }: Choice): { right: number[]; wrong: number[] } {
	const isRight = (index: number) => key.some((letter) => letter === letterOf(index));
	return {
		right: options.flatMap(({ text }, index) => (isRight(index) ? [text.length] : [])),
		wrong: options.flatMap(({ text }, index) => (isRight(index) ? [] : [text.length]))
	};
}

const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
