import { lineOf, report } from '#lib/server/platform/content/source.ts';
import { letterOf } from '#lib/server/questions/letters.ts';
import {
	smallQuestionsIn,
	type QuestionsFile,
	type SmallContent
} from '#lib/server/questions/content/parse-questions.ts';
import type { CourseFolder, Parsed } from './read-library.ts';

/** What the editor should look at: spread of keys, lengths of options, difficulties, articles never asked. Warnings only. */
export function checkBalance(folder: CourseFolder, { source, content }: Parsed<QuestionsFile>): void {
	const warn = (line: number, code: string, message: string, question?: string) =>
		report(source, { level: 'warning', line, code, message, ...(question && { question }) });
	const small = content.questions.flatMap(smallQuestionsIn);
	const line = lineOf(source, content, 'questions');

	warnOfLetters(small, (message) => warn(line, 'balance.letters', message));
	warnOfDifficulties(small, (message) => warn(line, 'balance.difficulty', message));
	warnOfLongest(small, (message) => warn(line, 'balance.longest', message));
	for (const question of content.questions.flatMap((each) => (each.kind === 'case' ? each.questions : [each]))) {
		if (question.kind !== 'single' && question.kind !== 'multiple') continue;
		const lengths = question.options.map(({ text }) => text.length);
		const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
		if (longest > 2 * shortest && longest > 8) {
			warn(
				lineOf(source, question, 'options'),
				'option.lengths',
				`最长的选项 ${longest} 字，最短的 ${shortest} 字，相差超过一倍`,
				question.id
			);
		}
	}
	for (const { source: lessonSource, content: lesson } of folder.lessons.values()) {
		const own = small.filter(({ lesson: id }) => id === lesson.id);
		if (own.length === 0) continue;
		const at = (lessonLine: number, code: string, message: string) =>
			report(lessonSource, { level: 'warning', line: lessonLine, code, message });
		const asked = new Set(own.flatMap(({ articles }) => articles));
		for (const [index, address] of lesson.articles.entries()) {
			if (!asked.has(address))
				at(lineOf(lessonSource, lesson.articles, index), 'articles.unasked', `本课没有题目考到 ${address}`);
		}
		const verdicts = own.filter((question) => question.kind === 'true-false');
		const yes = verdicts.filter(({ key }) => key).length;
		if (Math.abs(2 * yes - verdicts.length) > 1) {
			at(
				lineOf(lessonSource, lesson, 'id'),
				'balance.true-false',
				`本课判断题 ${yes} 对 ${verdicts.length - yes} 错，相差不应超过一题`
			);
		}
	}
}

function warnOfLetters(small: SmallContent[], warn: (message: string) => void): void {
	const singles = small.filter((question) => question.kind === 'single');
	if (singles.length < 12) return;
	for (const letter of ['A', 'B', 'C', 'D']) {
		const able = singles.filter(({ options }) => letter <= letterOf(options.length - 1));
		const share = able.filter(({ key }) => key[0] === letter).length / able.length;
		if (share < 0.15 || share > 0.38) warn(`单选题的正确项是 ${letter} 的占 ${percent(share)}，各字母应当大致均匀`);
	}
}

function warnOfDifficulties(small: SmallContent[], warn: (message: string) => void): void {
	if (small.length < 12) return;
	const share = (from: number, to: number) =>
		small.filter(({ difficulty }) => difficulty >= from && difficulty <= to).length / small.length;
	const bands = [
		{ name: '1–2', share: share(1, 2), wanted: 0.3 },
		{ name: '3', share: share(3, 3), wanted: 0.4 },
		{ name: '4–5', share: share(4, 5), wanted: 0.3 }
	];
	for (const band of bands) {
		if (Math.abs(band.share - band.wanted) > 0.12)
			warn(`难度 ${band.name} 的题占 ${percent(band.share)}，宜在 ${percent(band.wanted)} 左右`);
	}
}

function warnOfLongest(small: SmallContent[], warn: (message: string) => void): void {
	const singles = small.filter((question) => question.kind === 'single');
	const longest = singles.filter(({ options, key }) => {
		const right = options[key[0]!.charCodeAt(0) - 65]?.text.length ?? 0;
		return options.every(({ text }, index) => letterOf(index) === key[0] || text.length < right);
	});
	if (singles.length >= 6 && longest.length * 3 > singles.length) {
		warn(
			`${singles.length} 道单选题里有 ${longest.length} 道的正确项最长，不应超过三分之一：${longest.map(({ id }) => id).join('、')}`
		);
	}
}

const percent = (share: number) => `${Math.round(share * 100)}%`;
