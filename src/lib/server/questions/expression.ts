import { ExpressionError, type ExpressionFault } from './expression-error.ts';
import { tokenize, type Token } from './expression-tokens.ts';
import { readDecimal, type Rational } from './rational.ts';

export type Operator = '+' | '-' | '*' | '/';
export type Comparison = '<' | '<=' | '>' | '>=' | '=';
export type CalledFunction = 'min' | 'max' | 'round' | 'floor' | 'ceil';

/** A formula as a tree. Positions are kept where evaluation can fail or branch. */
export type Expression =
	| { kind: 'number'; value: Rational }
	| { kind: 'name'; name: string; position: number }
	| { kind: 'operation'; operator: Operator; left: Expression; right: Expression; position: number }
	| { kind: 'call'; name: CalledFunction; values: Expression[]; position: number }
	| {
			kind: 'if';
			comparison: Comparison;
			left: Expression;
			right: Expression;
			then: Expression;
			otherwise: Expression;
			position: number;
	  };

const mostCharacters = 500;
const deepestNesting = 40;
const mostDecimals = 6;
const functionNames = ['min', 'max', 'round', 'floor', 'ceil', 'if'];

/** Parses a formula of the language that `courses/README.md` describes. @throws ExpressionError */
export function parseExpression(text: string): Expression {
	if (text.length > mostCharacters) throw new ExpressionError('length', mostCharacters, { most: mostCharacters });
	const tokens = tokenize(text);
	let index = 0;
	let depth = 0;

	const peek = () => tokens[index]!;
	const accepts = (...texts: string[]): Token | undefined =>
		texts.includes(peek().text) ? tokens[index++] : undefined;
	const expect = (wanted: string) => {
		const token = peek();
		if (!accepts(wanted)) throw unfit(token, 'expected', { wanted });
	};

	function chain(operators: Operator[], next: () => Expression): Expression {
		let left = next();
		for (let token = accepts(...operators); token; token = accepts(...operators)) {
			left = { kind: 'operation', operator: token.text as Operator, left, right: next(), position: token.position };
		}
		return left;
	}
	const sum = (): Expression => chain(['+', '-'], () => chain(['*', '/'], factor));

	function factor(): Expression {
		const token = tokens[index++]!;
		if (++depth > deepestNesting) throw new ExpressionError('nesting', token.position);
		const expression = factorFrom(token);
		depth -= 1;
		return expression;
	}
	function factorFrom(token: Token): Expression {
		if (token.kind === 'number') return { kind: 'number', value: readDecimal(token.text)! };
		if (token.kind === 'name')
			return peek().text === '(' ? call(token) : { kind: 'name', name: token.text, position: token.position };
		if (token.text !== '(') throw unfit(token, 'operand');
		const inner = sum();
		expect(')');
		return inner;
	}
	function call({ text: name, position }: Token): Expression {
		if (!functionNames.includes(name)) throw new ExpressionError('function', position, { name });
		expect('(');
		if (name === 'if') return condition(position);
		const values = [sum()];
		while (accepts(',')) values.push(sum());
		expect(')');
		checkValues(name as CalledFunction, values, position);
		return { kind: 'call', name: name as CalledFunction, values, position };
	}
	function condition(position: number): Expression {
		const left = sum();
		const token = accepts('<', '<=', '>', '>=', '=');
		if (!token) throw new ExpressionError('comparison', peek().position);
		const right = sum();
		expect(',');
		const then = sum();
		expect(',');
		const otherwise = sum();
		expect(')');
		return { kind: 'if', comparison: token.text as Comparison, left, right, then, otherwise, position };
	}

	const whole = sum();
	if (peek().kind !== 'end') throw unfit(peek(), 'trailing');
	return whole;
}

/** Something else stands where a formula would go on, or nothing. */
function unfit({ kind, text, position }: Token, fault: ExpressionFault, values: Record<string, string> = {}) {
	return kind === 'end'
		? new ExpressionError('ended', position)
		: new ExpressionError(fault, position, { ...values, text });
}

function checkValues(name: CalledFunction, values: Expression[], position: number): void {
	if (name === 'min' || name === 'max') {
		if (values.length < 2) throw new ExpressionError('few', position, { name });
		return;
	}
	const wanted = name === 'round' ? 2 : 1;
	if (values.length !== wanted) throw new ExpressionError('count', position, { name, wanted, given: values.length });
	const places = values[1];
	if (places && (places.kind !== 'number' || places.value.d !== 1n || places.value.n > BigInt(mostDecimals))) {
		throw new ExpressionError('places', position, { most: mostDecimals });
	}
}

/** Every name that a formula uses, with its place. */
export function namesIn(expression: Expression): { name: string; position: number }[] {
	switch (expression.kind) {
		case 'number':
			return [];
		case 'name':
			return [expression];
		case 'operation':
			return [expression.left, expression.right].flatMap(namesIn);
		case 'call':
			return expression.values.flatMap(namesIn);
		case 'if':
			return [expression.left, expression.right, expression.then, expression.otherwise].flatMap(namesIn);
	}
}

/** Every `if` in a formula, for checking that examples walk both sides. */
export function branchesIn(expression: Expression): Expression[] {
	switch (expression.kind) {
		case 'number':
		case 'name':
			return [];
		case 'operation':
			return [expression.left, expression.right].flatMap(branchesIn);
		case 'call':
			return expression.values.flatMap(branchesIn);
		case 'if': {
			const inner = [expression.left, expression.right, expression.then, expression.otherwise].flatMap(branchesIn);
			return [expression, ...inner];
		}
	}
}
