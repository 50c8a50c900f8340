import type { Expression } from '../../expression.ts';
import { formatRational } from '../../rational.ts';

/** How a language of formulas writes what ours has. */
interface Dialect {
	name(name: string): string;
	condition(comparison: string, left: string, right: string, then: string, otherwise: string): string;
}

const own: Dialect = {
	name: (name) => name,
	condition: (comparison, left, right, then, otherwise) => `if(${left} ${comparison} ${right}, ${then}, ${otherwise})`
};

/** Moodle's calculated questions put names in braces, and work conditions out as `?:`. */
const moodle: Dialect = {
	name: (name) => `{${name}}`,
	condition: (comparison, left, right, then, otherwise) =>
		`((${left}) ${comparison === '=' ? '==' : comparison} (${right}) ? (${then}) : (${otherwise}))`
};

const heights = { '+': 1, '-': 1, '*': 2, '/': 2 };

function print(expression: Expression, dialect: Dialect, height = 0): string {
	switch (expression.kind) {
		case 'number':
			return formatRational(expression.value);
		case 'name':
			return dialect.name(expression.name);
		case 'call':
			return `${expression.name}(${expression.values.map((value) => print(value, dialect)).join(', ')})`;
		case 'if': {
			const { comparison, left, right, then, otherwise } = expression;
			const [a, b, c, d] = [left, right, then, otherwise].map((each) => print(each, dialect)) as [
				string,
				string,
				string,
				string
			];
			return dialect.condition(comparison, a, b, c, d);
		}
		case 'operation': {
			const { operator, left, right } = expression;
			const level = heights[operator];
			const text = `${print(left, dialect, level)} ${operator} ${print(right, dialect, level + 1)}`;
			return level < height ? `(${text})` : text;
		}
	}
}

/** A formula in the language of courses/README.md, spaced in one way. */
export const printExpression = (expression: Expression): string => print(expression, own);

/** The same in the language of Moodle's calculated questions. */
export const printForMoodle = (expression: Expression): string => print(expression, moodle);
