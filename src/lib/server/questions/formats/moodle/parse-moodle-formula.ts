import { ExpressionError } from '../../expression-error.ts';
import type { CalledFunction, Comparison, Expression, Operator } from '../../expression.ts';
import { readDecimal, whole } from '../../rational.ts';

const token = /\s*(?:(\d+(?:\.\d+)?|\.\d+)|\{([^{}]+)\}|([a-z]\w*)|(==|<=|>=|[-+*/(),?:<>]))/iy;
const functions: readonly string[] = ['min', 'max', 'round', 'floor', 'ceil'];
const deepest = 40;
const longest = 2_000;

interface Token {
	kind: 'number' | 'wildcard' | 'word' | 'mark' | 'end';
	text: string;
}

function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	token.lastIndex = 0;
	const end = text.trimEnd().length;
	while (token.lastIndex < end) {
		const at = token.lastIndex;
		const match = token.exec(text);
		if (!match) throw new ExpressionError('foreign', at, { text: text.slice(at).trim().slice(0, 10) });
		const [, number, wildcard, word, mark] = match;
		if (number !== undefined) tokens.push({ kind: 'number', text: number.startsWith('.') ? `0${number}` : number });
		else if (wildcard !== undefined) tokens.push({ kind: 'wildcard', text: wildcard });
		else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
		else tokens.push({ kind: 'mark', text: mark! });
	}
	return [...tokens, { kind: 'end', text: '' }];
}

/**
 * A formula of Moodle's calculated questions as one of ours: four operations, `?:`, and the functions that both have.
 * @param nameOf what a wildcard is called here
 * @throws ExpressionError for powers, remainders, angles and whatever else only Moodle works out
 */
export function parseMoodleFormula(text: string, nameOf: (wildcard: string) => string): Expression {
	if (text.length > longest) throw new ExpressionError('foreign', longest, { text: text.slice(0, 10) });
	const tokens = tokensOf(text.replace(/^\s*=/, ''));
	let index = 0;
	let depth = 0;
	const position = 0;
	const peek = () => tokens[index]!;
	const accepts = (...texts: string[]): string | undefined =>
		peek().kind === 'mark' && texts.includes(peek().text) ? tokens[index++]!.text : undefined;
	const fail = () => new ExpressionError('foreign', index, { text: peek().text });
	const expect = (mark: string) => {
		if (!accepts(mark)) throw fail();
	};

	function ternary(): Expression {
		if (++depth > deepest) throw fail();
		const left = sum();
		const comparison = accepts('<', '<=', '>', '>=', '==');
		const right = comparison && sum();
		depth--;
		if (!right) return left;
		// A comparison in brackets of its own: `(a > b) ? x : y`.
		if (peek().text === ')' && tokens[index + 1]?.text === '?') index++;
		expect('?');
		const then = ternary();
		expect(':');
		const otherwise = ternary();
		const sign = (comparison === '==' ? '=' : comparison) as Comparison;
		return { kind: 'if', comparison: sign, left, right, then, otherwise, position };
	}
	function chain(operators: Operator[], next: () => Expression): Expression {
		let left = next();
		for (let operator = accepts(...operators); operator; operator = accepts(...operators))
			left = { kind: 'operation', operator: operator as Operator, left, right: next(), position };
		return left;
	}
	const sum = (): Expression => chain(['+', '-'], () => chain(['*', '/'], factor));

	function factor(): Expression {
		if (accepts('-'))
			return {
				kind: 'operation',
				operator: '-',
				left: { kind: 'number', value: whole(0) },
				right: factor(),
				position
			};
		const { kind, text } = peek();
		if (kind === 'number') {
			index++;
			return { kind: 'number', value: readDecimal(text)! };
		}
		if (kind === 'wildcard') {
			index++;
			return { kind: 'name', name: nameOf(text), position };
		}
		if (kind === 'word') return call(text);
		return bracket();
	}
	function bracket(): Expression {
		expect('(');
		const before = index;
		const inner = ternary();
		// `(a > b) ? x : y` has taken its own closing bracket.
		if (tokens[before] && inner.kind === 'if' && isBareComparison(before)) return inner;
		expect(')');
		return inner;
	}
	/** Whether the bracket that opened here closes right after a comparison. */
	function isBareComparison(from: number): boolean {
		let level = 1;
		for (let at = from; at < tokens.length; at++) {
			if (tokens[at]!.text === '(') level++;
			if (tokens[at]!.text === ')' && --level === 0) return tokens[at + 1]?.text === '?';
		}
		return false;
	}
	function call(name: string): Expression {
		if (!functions.includes(name)) throw fail();
		index++;
		expect('(');
		const values = [ternary()];
		while (accepts(',')) values.push(ternary());
		expect(')');
		if (name === 'round' && values.length === 1) values.push({ kind: 'number', value: whole(0) });
		return { kind: 'call', name: name as CalledFunction, values, position };
	}

	const all = ternary();
	if (peek().kind !== 'end') throw fail();
	return all;
}
