import { lineOf, report } from '#lib/server/platform/content/source.ts';
import {
	smallQuestionsIn,
	type QuestionsFile,
	type SmallContent
} from '#lib/server/questions/content/parse-questions.ts';
import { checkLengths, unevenOptions } from './check-lengths.ts';
import { checkLetters } from './check-letters.ts';
import type { CourseFolder, Parsed } from './read-library.ts';

/** What the editor should look at: spread of keys, lengths of options, difficulties, articles never asked. Warnings only. */
export function checkBalance(folder: CourseFolder, { source, content }: Parsed<QuestionsFile>): void {
	const warn = (line: number, code: string, message: string, question?: string) =>
		report(source, { level: 'warning', line, code, message, ...(question && { question }) });
	const small = content.questions.flatMap(smallQuestionsIn);
	const line = lineOf(source, content, 'questions');

	checkLetters(small, (code, message) => warn(line, code, message));
	checkLengths(small, (code, message) => warn(line, code, message));
	warnOfDifficulties(small, (message) => warn(line, 'balance.difficulty', message));
	for (const question of content.questions.flatMap((each) => (each.kind === 'case' ? each.questions : [each]))) {
		if (question.kind !== 'single' && question.kind !== 'multiple') continue;
		const uneven = unevenOptions(question);
		if (uneven) {
			const message = `最长的选项 ${uneven.longest} 字，最短的 ${uneven.shortest} 字，相差超过一倍`;
			warn(lineOf(source, question, 'options'), 'option.lengths', message, question.id);
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

const percent = (share: number) => `${Math.round(share * 100)}%`;
