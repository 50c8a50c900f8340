import type { SmallExchange } from '../exchange-question.ts';

const details = { articles: ['劳动合同法第十九条'], difficulty: 2, topic: '试用期', tags: ['新任'] };
const prose = { explanation: '三年以上固定期限的劳动合同，试用期不超过六个月。' };

/** A question of every kind that a sheet carries, so that the template shows how each is written. */
export const examples: SmallExchange[] = [
	{
		...details,
		wording: {
			...prose,
			kind: 'single',
			stem: '三年期劳动合同的试用期最长是多久？',
			options: [{ text: '一个月' }, { text: '两个月' }, { text: '六个月' }],
			key: ['C']
		}
	},
	{
		...details,
		wording: {
			...prose,
			kind: 'multiple',
			stem: '哪些情形不得约定试用期？',
			options: [
				{ text: '合同期限不满三个月' },
				{ text: '以完成一定工作任务为期限' },
				{ text: '无固定期限' },
				{ text: '非全日制用工' }
			],
			key: ['A', 'B', 'D']
		}
	},
	{ ...details, wording: { ...prose, kind: 'true-false', stem: '试用期可以约定两次。', key: false, why: '' } },
	{
		...details,
		wording: {
			...prose,
			kind: 'fill-in',
			stem: '试用期工资不得低于约定工资的百分之【1】，并不得低于所在地的【2】。',
			blanks: [{ number: 80 }, { accept: ['最低工资标准', '最低工资'] }]
		}
	},
	{
		...details,
		wording: {
			...prose,
			kind: 'matching',
			stem: '把合同期限同试用期上限配起来。',
			pairs: [
				{ left: '不满一年', right: '一个月' },
				{ left: '一年以上不满三年', right: '两个月' },
				{ left: '三年以上', right: '六个月' }
			],
			distractors: ['三个月']
		}
	},
	{
		...details,
		wording: {
			...prose,
			kind: 'ordering',
			stem: '把处理劳动争议的途径按先后排好。',
			items: ['协商', '调解', '仲裁', '诉讼']
		}
	},
	{
		...details,
		wording: {
			...prose,
			kind: 'short-answer',
			stem: '为什么要限制试用期的次数？',
			reference: '防止用人单位反复试用，保护劳动者的稳定预期。',
			rubric: [
				{ criterion: '说到防止反复试用', points: 2 },
				{ criterion: '说到劳动者的预期', points: 1 }
			]
		}
	}
];
