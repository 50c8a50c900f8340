type Values = Record<string, string | number>;

/** What can be wrong with a formula, as course files say it; forms say it in the reader's language (`error_formula_…`). */
const words = {
	length: ({ most }: Values) => `算式超过 ${most} 个字符`,
	character: ({ text }: Values) => `不认识的字符“${text}”`,
	ended: () => '算式没有写完',
	expected: ({ wanted, text }: Values) => `这里应当是“${wanted}”，写的却是“${text}”`,
	operand: ({ text }: Values) => `这里应当是数字、名字或者括号，写的却是“${text}”`,
	trailing: ({ text }: Values) => `多出了“${text}”`,
	nesting: () => '括号嵌套太深',
	function: ({ name }: Values) => `没有 ${name} 这个函数`,
	comparison: () => 'if 的第一项应当是一次比较',
	few: ({ name }: Values) => `${name} 至少要两项`,
	count: ({ name, wanted, given }: Values) => `${name} 要 ${wanted} 项，写了 ${given} 项`,
	places: ({ most }: Values) => `round 的位数应当是 0 至 ${most} 的整数`,
	name: ({ name }: Values) => `没有 ${name} 这个名字`,
	zero: () => '除数为零',
	foreign: ({ text }: Values) => `“${text}”`
} as const satisfies Record<string, (values: Values) => string>;
export type ExpressionFault = keyof typeof words;

/** A fault in a formula, with the place (counted from 1) where it was noticed. */
export class ExpressionError extends Error {
	readonly fault: ExpressionFault;
	readonly position: number;
	readonly values: Values;
	constructor(fault: ExpressionFault, position: number, values: Values = {}) {
		super(`${words[fault](values)}（第 ${position} 个字符）`);
		this.name = 'ExpressionError';
		this.fault = fault;
		this.position = position;
		this.values = { ...values, position };
	}
}
