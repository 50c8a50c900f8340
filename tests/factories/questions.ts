import type {
	EssayContent,
	FillInContent,
	MatchingContent,
	MultipleContent,
	NumericContent,
	OrderingContent,
	ShortAnswerContent,
	SingleContent,
	TrueFalseContent
} from '#lib/server/questions/content/parse-questions.ts';

const common = {
	lesson: 'concluding',
	difficulty: 3,
	articles: ['labour-contract/82'],
	explanation: '见[第八十二条](statute:labour-contract/82)。'
};

export const aSingle = (over: Partial<SingleContent> = {}): SingleContent => ({
	...common,
	id: 'lc-0001',
	kind: 'single',
	stem: '关系从哪天起？',
	options: [{ text: '签约', why: '签约不算' }, { text: '用工' }, { text: '参保', why: '参保不算' }],
	key: ['B'],
	...over
});

export const aMultiple = (over: Partial<MultipleContent> = {}): MultipleContent => ({
	...common,
	id: 'lc-0002',
	kind: 'multiple',
	stem: '哪些正确？',
	options: [{ text: '甲' }, { text: '乙', why: '乙不对' }, { text: '丙' }, { text: '丁', why: '丁不对' }],
	key: ['A', 'C'],
	...over
});

export const aTrueFalse = (over: Partial<TrueFalseContent> = {}): TrueFalseContent => ({
	...common,
	id: 'lc-0003',
	kind: 'true-false',
	stem: '最低工资就是标准。',
	key: false,
	why: '那是底线',
	...over
});

export const aFillIn = (over: Partial<FillInContent> = {}): FillInContent => ({
	...common,
	id: 'lc-0004',
	kind: 'fill-in',
	stem: '算到【1】，最多【2】个月。',
	blanks: [
		{ accept: ['前一日', '前一天'], mistakes: [{ answer: '当日', why: '当日已有合同' }] },
		{ number: 11, mistakes: [{ answer: '12', why: '头一个月不算' }] }
	],
	...over
});

export const aNumeric = (over: Partial<NumericContent> = {}): NumericContent => ({
	...common,
	id: 'lc-0005',
	kind: 'numeric',
	stem: '月工资 {wage} 元，满 {months} 个月补订，差额多少？',
	parameters: { wage: { min: 3000, max: 9000, step: 500 }, months: { min: 3, max: 18, step: 1 } },
	steps: [{ name: 'counted', formula: 'min(months, 12) - 1' }],
	formula: 'wage * counted',
	decimals: 2,
	tolerance: 0,
	unit: '元',
	mistakes: [
		{ formula: 'wage * min(months, 12)', why: '头一个月不算' },
		{ formula: 'wage * (months - 1)', why: '满一年为止' },
		{ formula: '2 * wage * counted', why: '已发一倍' }
	],
	examples: [
		{ wage: 4000, months: 3, answer: 8000 },
		{ wage: 6000, months: 15, answer: 66000 }
	],
	explanation: '计 {counted} 个月，{wage} × {counted} ＝ {answer} 元，见[第八十二条](statute:labour-contract/82)。',
	...over
});

export const aMatching = (over: Partial<MatchingContent> = {}): MatchingContent => ({
	...common,
	id: 'lc-0006',
	kind: 'matching',
	stem: '把用工形式和它的期限配起来。',
	pairs: [
		{ left: '甲方', right: '一个月' },
		{ left: '乙方', right: '三个月' },
		{ left: '丙方', right: '六个月' }
	],
	distractors: ['一年'],
	...over
});

export const anOrdering = (over: Partial<OrderingContent> = {}): OrderingContent => ({
	...common,
	id: 'lc-0007',
	kind: 'ordering',
	stem: '排出办理的先后。',
	items: ['先受理', '再调查', '后决定', '末送达'],
	...over
});

export const aShortAnswer = (over: Partial<ShortAnswerContent> = {}): ShortAnswerContent => ({
	...common,
	id: 'lc-0008',
	kind: 'short-answer',
	stem: '为什么要有书面合同？',
	reference: '因为口说无凭。',
	rubric: [
		{ criterion: '说出证据', points: 2 },
		{ criterion: '说出责任', points: 1 }
	],
	...over
});

export const anEssay = (over: Partial<EssayContent> = {}): EssayContent => ({
	...common,
	id: 'lc-0009',
	kind: 'essay',
	stem: '论述合同的作用。',
	reference: '合同定分止争。',
	rubric: [{ criterion: '观点明确', points: 5 }],
	words: { min: 200, max: 800 },
	...over
});
