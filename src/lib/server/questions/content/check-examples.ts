import { lineOf, type Source } from '#lib/server/platform/content/source.ts';
import { branchesIn, type Expression } from '#lib/server/questions/expression.ts';
import { solve, type NumericKey } from '#lib/server/questions/numeric-key.ts';
import { scopeOf } from '#lib/server/questions/parameters.ts';
import { divide, equal, formatRational, fromNumber, subtract } from '#lib/server/questions/rational.ts';
import { attempt, type Fault } from './fault.ts';
import type { NumericContent } from './parse-questions.ts';

/** Works every example again, and asks that they walk both sides of every `if`. */
export function checkExamples(source: Source, question: NumericContent, key: NumericKey, fault: Fault): void {
	const { examples, parameters } = question;
	const names = Object.keys(parameters);
	const walked = new Map<Expression, Set<boolean>>();
	const seen = new Set<string>();
	for (const [index, { answer, ...values }] of examples.entries()) {
		const line = lineOf(source, examples, index);
		const number = index + 1;
		const [missing] = names.filter((name) => !(name in values));
		const [extra] = Object.keys(values).filter((name) => !names.includes(name));
		if (answer === undefined || missing || extra) {
			fault(line, 'example.fields', `例子应当写全参数 ${names.join('、')} 和 answer`, {
				number,
				names: names.join(', ')
			});
			continue;
		}
		for (const name of names) {
			if (!isInRange(values[name]!, parameters[name]!))
				fault(line, 'example.range', `例子的 ${name} = ${values[name]} 不在取值范围里`, {
					number,
					name,
					value: values[name]!
				});
		}
		const same = JSON.stringify(names.map((name) => values[name]));
		if (seen.has(same)) fault(line, 'example.duplicate', '两个例子的参数相同', { number });
		seen.add(same);
		const onBranch = (branch: Expression, taken: boolean) =>
			walked.set(branch, (walked.get(branch) ?? new Set()).add(taken));
		const solution = attempt(() => solve(key, scopeOf(values), onBranch), line, fault);
		if (solution && !equal(solution.answer, fromNumber(answer))) {
			const worked = formatRational(solution.answer);
			const message = `按算式重算，这个例子的答案是 ${worked}，写的是 ${answer}`;
			fault(line, 'example.answer', message, { number, worked, answer });
		}
	}
	const branches = [...key.steps.map(({ formula }) => formula), key.formula].flatMap(branchesIn);
	if (branches.some((branch) => (walked.get(branch)?.size ?? 0) < 2)) {
		fault(lineOf(source, question, 'examples'), 'example.branches', '例子没有走到每个 if 的两边');
	}
}

function isInRange(value: number, { min, max, step }: { min: number; max: number; step: number }): boolean {
	return (
		value >= min && value <= max && divide(subtract(fromNumber(value), fromNumber(min)), fromNumber(step)).d === 1n
	);
}
