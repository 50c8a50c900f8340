import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bringInLibrary } from '#lib/server/courses/bring-in-library.ts';
import type { SyncReport } from '#lib/server/courses/sync-library.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The files of a small course library without a fault: one statute, one course, one lesson, fourteen questions. */
export function libraryFiles(): Record<string, string> {
	return {
		'statutes/labour-contract.yaml': statute,
		'labour-contract/course.yaml': course,
		'labour-contract/01-concluding.md': lesson,
		'labour-contract/questions.yaml': `schema: 1\ncourse: labour-contract\nquestions:\n${[...questions, aCase].join('\n')}`
	};
}

/** The same library with a course that goes through no statute of its own: every link names the statute. */
export function filesWithoutOwnStatute(): Record<string, string> {
	const files = Object.entries(libraryFiles()).map(([name, text]) => [name, text.replaceAll('[第', '[劳动合同法第')]);
	return {
		...Object.fromEntries(files),
		'labour-contract/course.yaml': course.replace('statute: labour-contract\n', '')
	};
}

/** Writes files to a new folder and gives its path. */
export async function aLibraryFolder(files: Record<string, string | Uint8Array> = libraryFiles()): Promise<string> {
	const root = await mkdtemp(path.join(tmpdir(), 'mingfa-library-'));
	for (const [name, content] of Object.entries(files)) {
		await mkdir(path.dirname(path.join(root, name)), { recursive: true });
		await writeFile(path.join(root, name), content);
	}
	return root;
}

/** Brings such files into the database: by default one course, one lesson, fourteen questions. @throws the codes of the errors in them */
export async function bringIn(ctx: Context, files: Record<string, string> = libraryFiles()): Promise<SyncReport> {
	const folder = await aLibraryFolder(files);
	const { report, problems } = await bringInLibrary(ctx, folder);
	await rm(folder, { recursive: true });
	if (!report) throw new Error(problems.map(({ code }) => code).join(', '));
	return report;
}

const statute = `slug: labour-contract
title: {zh-CN: 中华人民共和国劳动合同法, en: Labour Contract Law}
short: {zh-CN: 劳动合同法, en: Labour Contract Law}
level: law
issuer: 全国人民代表大会常务委员会
adopted: "2007-06-29"
effective: "2008-01-01"
last-article: 3
versions:
  - id: "2007"
    adopted: "2007-06-29"
    session: 第二十八次会议
    effective: "2008-01-01"
chapters:
  - {number: 1, title: {zh-CN: 总则, en: General}, from: 1, to: 2}
  - {number: 2, title: {zh-CN: 附则, en: Supplementary}, from: 3, to: 3}
articles:
  - number: 1
    digest: 说明立法的用意。
    keywords: [宗旨]
    see: [labour-contract/2]
  - number: 2
    digest: 说明适用的范围。
    keywords: [范围]
    see: []
  - number: 3
    digest: 说明施行的日期。
    keywords: [施行]
    see: [labour-contract/1, labour-contract/2]
`;

const course = `id: labour-contract
title: {zh-CN: 劳动合同法, en: Labour contracts}
summary: {zh-CN: 从用工到离职, en: From first to last}
statute: labour-contract
sources:
  labour-contract: "2007"
kind: required
hours: 2
audience:
  zh-CN: 监察人员
  en: Inspectors
  posts: [labour-inspection]
lessons:
  - concluding
`;

const lesson = `---
id: concluding
title: {zh-CN: 订立, en: Concluding}
summary: {zh-CN: 怎样订立, en: How to conclude}
articles:
  - labour-contract/1
  - labour-contract/2
  - labour-contract/3
check:
  draw: 6
  pass: 5
---

周三上午，小陶走进窗口（[第一条](statute:labour-contract/1)）。

## 先查用工

${'先查职工名册，再查合同文本，签字早晚不影响关系的起点。'.repeat(40)}

见[第二条](statute:labour-contract/2)和[第三条](statute:labour-contract/3)，又见[前文](#先查用工)。

:::case 一案到底
1. 先算起点，再算终点。
:::

:::caution 常见错误
- 从首日起算。
:::

:::summary
1. 关系看用工之日。
2. 合同一个月内签好。
3. 满一年视为已订立。
:::
`;

const explanation = '    explanation: 依据是[第一条](statute:labour-contract/1)。';
const stems = [
	'劳动关系的起点怎样认定',
	'书面合同最迟哪天签好',
	'没有签字时先查什么材料',
	'二倍工资补到什么时候',
	'单位拖着不签怎样答复',
	'视为无固定期限要满多久',
	'补签以后还欠不欠差额',
	'职工名册由谁保存备查'
];
const single = (number: number, key: string) => `  - id: lc-01${String(number).padStart(2, '0')}
    kind: single
    lesson: concluding
    difficulty: ${(number % 5) + 1}
    articles: [labour-contract/1, labour-contract/2, labour-contract/3]
    stem: 第${number}问，${stems[number - 1]}？
    options:
${['A', 'B', 'C', 'D'].map((letter) => `      - text: 选${letter}${letter === key ? '' : '\n        why: 规则不是这样'}`).join('\n')}
    key: [${key}]
${explanation}`;

const questions = [
	...[...'ABCDABCD'].map((key, index) => single(index + 1, key)),
	`  - id: lc-0109
    kind: multiple
    lesson: concluding
    difficulty: 3
    articles: [labour-contract/1]
    stem: 哪些正确？
    options:
      - text: 第一种
      - text: 第二种
        why: 第二种不对
      - text: 第三种
      - text: 第四种
        why: 第四种不对
    key: [A, C]
${explanation}`,
	`  - id: lc-0110
    kind: true-false
    lesson: concluding
    difficulty: 3
    articles: [labour-contract/1]
    stem: 这句话对不对？
    key: true
    why: 其实是对的
${explanation}`,
	`  - id: lc-0111
    kind: fill-in
    lesson: concluding
    difficulty: 3
    articles: [labour-contract/1]
    stem: 最迟【1】个月，算到【2】。
    blanks:
      - number: 1
        mistakes:
          - answer: 2
            why: 不是两个月
      - accept: [前一日, 前一天]
${explanation}`,
	`  - id: lc-0112
    kind: numeric
    lesson: concluding
    difficulty: 3
    articles: [labour-contract/1]
    stem: 月工资 {wage} 元，满 {months} 个月，差额多少元？
    parameters:
      wage: {min: 3000, max: 6000, step: 500}
      months: {min: 3, max: 18, step: 1}
    steps:
      - counted = if(months > 12, 12, months) - 1
    formula: wage * counted
    decimals: 2
    tolerance: 0
    unit: 元
    mistakes:
      - formula: wage * months
        why: 头一个月不算
    examples:
      - {wage: 4000, months: 3, answer: 8000}
      - {wage: 6000, months: 15, answer: 66000}
    explanation: 计 {counted} 个月，共 {answer} 元，见[第一条](statute:labour-contract/1)。`
];

/** Questions of the kinds that the sound library has none of, to be added at its end. */
export const furtherQuestions = [
	`  - id: lc-0115
    kind: matching
    lesson: concluding
    difficulty: 2
    articles: [labour-contract/1]
    stem: 把双方和期限配起来。
    pairs:
      - {left: 甲方, right: 一个月}
      - {left: 乙方, right: 三个月}
    distractors: [一年]
${explanation}`,
	`  - id: lc-0116
    kind: ordering
    lesson: concluding
    difficulty: 2
    articles: [labour-contract/1]
    stem: 排出先后。
    items: [先受理, 再调查, 后决定]
${explanation}`,
	`  - id: lc-0117
    kind: essay
    lesson: concluding
    difficulty: 4
    articles: [labour-contract/1]
    stem: 论述合同的作用。
    reference: 合同定分止争。
    rubric:
      - {criterion: 观点明确, points: 2}
    words: {min: 300, max: 800}
${explanation}`
].join('\n');

const aCase = `  - id: lc-01c1
    kind: case
    lesson: concluding
    situation: 郑某到公司做保安。
    questions:
      - id: lc-0113
        kind: true-false
        difficulty: 4
        articles: [labour-contract/1]
        stem: 公司可以拖延。
        key: false
        why: 不能拖延
        explanation: 见[第一条](statute:labour-contract/1)。
      - id: lc-0114
        kind: single
        difficulty: 4
        articles: [labour-contract/2]
        stem: 该怎么办？
        options:
          - text: 责令改正
          - text: 处以罚款
            why: 没有罚款
          - text: 不予处理
            why: 应当处理
        key: [A]
        explanation: 见[第二条](statute:labour-contract/2)。
`;
