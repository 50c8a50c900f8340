import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FormatName } from '#lib/server/questions/formats/all-formats.ts';
import type { ExchangeQuestion } from '#lib/server/questions/formats/exchange-question.ts';
import { readQuestionFile } from '#lib/server/questions/formats/read-file.ts';

const folder = path.join(import.meta.dirname, 'foreign');

async function read(name: string, format?: FormatName) {
	const file = await readFile(path.join(folder, name));
	const { reading, ...rest } = await readQuestionFile(file, name, format);
	const wordings = reading.questions.map(({ question }: { question: ExchangeQuestion }) => question.wording);
	return { ...reading, ...rest, wordings };
}

describe('files as other tools write them', () => {
	test('Moodle XML with HTML in CDATA, a category, partial credit, hints, a picture and types that the bank has not', async () => {
		const { format, questions, wordings, refused, unsupported } = await read('moodle.xml');
		expect(format).toBe('moodle-xml');
		expect(wordings).toEqual([
			{
				kind: 'single',
				stem: '用工之日起几日内应当订立书面合同？\n\n按**劳动合同法**回答。',
				explanation: '见第十条。',
				options: [{ text: '十五日内', why: '太短' }, { text: '一个月内' }, { text: '三个月 & 以上' }],
				key: ['B']
			},
			{
				kind: 'multiple',
				stem: '哪些可以作证据？',
				explanation: '',
				options: [{ text: '工资单' }, { text: '工作证' }, { text: '传闻', why: '没有证明力' }],
				key: ['A', 'B'],
				shuffle: false
			},
			{ kind: 'true-false', stem: '口头约定一律无效。', explanation: '', key: false, why: '非全日制可以口头约定' },
			{
				kind: 'fill-in',
				stem: '试用期最长【1】个月。',
				explanation: '',
				blanks: [{ accept: ['六', '6'], mistakes: [{ answer: '十二', why: '那是一年' }] }]
			},
			{ kind: 'fill-in', stem: '最低年龄是多少周岁？【1】', explanation: '', blanks: [{ number: 16 }] },
			{
				kind: 'matching',
				stem: '配起来。',
				explanation: '',
				pairs: [
					{ left: '协商', right: '双方自己谈' },
					{ left: '仲裁', right: '仲裁委员会' }
				],
				distractors: ['人民法院']
			},
			{ kind: 'ordering', stem: '排先后。', explanation: '', items: ['协商', '调解', '仲裁'] },
			{ kind: 'essay', stem: '谈谈试用期。', explanation: '', reference: '要点：次数、期限。', rubric: [] },
			{
				kind: 'fill-in',
				stem: '赔偿金按补偿标准的【1】倍，逾期加付【2】。',
				explanation: '',
				blanks: [{ number: 2, mistakes: [{ answer: '3', why: '没有三倍' }] }, { accept: ['百分之五十以上', '50%以上'] }]
			},
			expect.objectContaining({
				kind: 'numeric',
				stem: '月工资 {value_w} 元，满 {years} 年，补偿多少？',
				formula: 'value_w * years',
				parameters: { value_w: { min: 3000, max: 9000, step: 1500 }, years: { min: 1, max: 12, step: 1 } },
				decimals: 2,
				unit: '元',
				examples: [
					{ value_w: 3000, years: 2, answer: 6000 },
					{ value_w: 4500, years: 12, answer: 54000 },
					{ value_w: 9000, years: 1, answer: 9000 }
				],
				explanation: '月工资乘年限：{answer} 元。'
			})
		]);
		expect(questions[0]!.question).toMatchObject({ topic: '劳动合同', tags: ['新任', '基础'], code: 'LC-1' });
		expect(refused.map(({ code, values }) => [code, values?.type])).toEqual([
			['formats.moodle-type', 'ddwtos'],
			['formats.cloze-type', 'MULTICHOICE']
		]);
		expect(refused.every(({ place }) => (place.line ?? 0) > 1)).toBe(true);
		expect(unsupported.map(({ feature }) => feature).sort()).toEqual(
			['feedback', 'hints', 'images', 'partial-credit', 'points', 'tolerance', 'tolerance', 'unit', 'wildcards'].sort()
		);
	});

	test('GIFT as people type it: on one line, over several, with comments, weights, formats and no blank behind the last', async () => {
		const { wordings, refused, questions } = await read('typed.gift');
		expect(wordings).toEqual([
			{
				kind: 'single',
				stem: '用工之日起几日内应当订立书面合同？',
				explanation: '',
				options: [{ text: '十五日', why: '太短' }, { text: '一个月' }, { text: '三个月' }],
				key: ['B']
			},
			{ kind: 'true-false', stem: '非全日制用工可以口头约定。', explanation: '', key: true, why: '可以' },
			{
				kind: 'fill-in',
				stem: '试用期最长【1】个月。',
				explanation: '',
				blanks: [{ accept: ['六', '6'] }]
			},
			{ kind: 'fill-in', stem: '最低年龄？ 【1】', explanation: '', blanks: [{ number: 16 }] },
			{
				kind: 'matching',
				stem: '配起来。',
				explanation: '',
				pairs: [
					{ left: '协商', right: '自己谈' },
					{ left: '仲裁', right: '仲裁委' },
					{ left: '诉讼', right: '法院' }
				]
			},
			{
				kind: 'multiple',
				stem: '哪些是证据？ {举例}',
				explanation: '见规定。',
				options: [{ text: '工资单' }, { text: '工作证' }, { text: '传闻' }],
				key: ['A', 'B']
			},
			{ kind: 'essay', stem: '谈谈试用期。', explanation: '', reference: '', rubric: [] }
		]);
		expect(refused).toEqual([{ place: { line: 32 }, code: 'formats.gift-open' }]);
		expect(questions[2]!.question.topic).toBe('试用期');
	});

	test('Aiken in GB18030 with brackets behind the letters', async () => {
		const text = Buffer.from(
			'd4bcb6a8caecd3c3c6dac1cb0d0a41292bcac70d0a42292dbacdb2bbcac70d0a414e535745523a20410d0a',
			'hex'
		);
		const { reading } = await readQuestionFile(text, 'aiken.txt');
		expect(reading.questions[0]!.question.wording).toMatchObject({ kind: 'single', key: ['A'] });
	});

	test.each(['qti21-item.xml', 'qti3-item.xml'])('%s: a single item, indented and with a prompt', async (name) => {
		const { wordings, unsupported } = await read(name);
		expect(wordings).toEqual([
			{
				kind: 'single',
				stem: '请看下面的**规定**。\n\n用工之日起几日内应当订立书面合同？',
				explanation: '见第十条。',
				options: [{ text: '十五日', why: '太短' }, { text: '一个月' }],
				key: ['B'],
				shuffle: false
			}
		]);
		expect(unsupported).toEqual([]);
	});
});
