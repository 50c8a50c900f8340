import fc from 'fast-check';
import type { Expression } from '#lib/server/questions/expression.ts';
import type {
	CaseExchange,
	Details,
	ExchangeBlank,
	ExchangeQuestion,
	NumericWording,
	SmallExchange,
	SmallWording
} from '#lib/server/questions/formats/exchange-question.ts';
import { isCase } from '#lib/server/questions/formats/exchange-question.ts';
import { faultOf } from '#lib/server/questions/formats/fault-of.ts';
import { letterAt } from '#lib/server/questions/formats/letters.ts';
import { printExpression } from '#lib/server/questions/formats/moodle/print-expression.ts';
import { round, scopeValue } from './exchange-numbers.ts';
import { aPng } from './files.ts';

/** Pieces of text that mean something to one format or another. */
const nasty = [
	'{',
	'}',
	'~',
	'=',
	'#',
	':',
	'\\',
	'::',
	'####',
	'//',
	'->',
	'%50%',
	'[html]',
	'[tag:x]',
	']]>',
	'<![CDATA[',
	'&amp;',
	'&#123;',
	'&',
	'<b>',
	'</text>',
	'"',
	"'",
	'\n',
	'\n\n',
	' ',
	'，',
	'；',
	';',
	'|',
	'｜',
	'→',
	'、',
	'＝',
	'甲',
	'全角ＡＢ',
	'１２',
	'=1+1',
	'=cmd|calc',
	'@sum',
	'-5',
	'+3',
	"'=2",
	'\t',
	'A.',
	'B)',
	'ANSWER: C',
	'article:',
	'tag:',
	'case:',
	'*',
	'_',
	'`',
	'- ',
	'1. ',
	'\u00a0',
	'　',
	'🙂',
	'\u200b',
	'劳动者',
	'十四条',
	'{1:SA:=x}',
	'分',
	'3',
	'$CATEGORY:',
	'TRUE',
	'#5'
];

const clean = (text: string): string =>
	text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		// eslint-disable-next-line no-control-regex -- what no format holds
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '')
		.replace(/!\[|【\d*】/g, '')
		.trim();

const piece = fc.oneof(
	{ arbitrary: fc.constantFrom(...nasty), weight: 4 },
	fc.string({ unit: 'grapheme', maxLength: 4 })
);
/** Any text, with a liking for what formats stumble over. */
export const anyText = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => clean(pieces.join('')));
const text = anyText.filter((each) => each !== '');
const line = text.map((each) => clean(each.replaceAll('\n', ' '))).filter((each) => each !== '');
const tag = line.map((each) => [...each].slice(0, 30).join('').trim()).filter((each) => each !== '');

const different = (minLength: number, maxLength: number, of = text) =>
	fc.uniqueArray(of, {
		minLength,
		maxLength,
		selector: (each) => each.normalize('NFKC').replace(/[\s\p{P}]+/gu, '') || each
	});

/** What a generated question may hold; a format that cannot carry something is not given it. */
export interface Carried {
	kinds: SmallWording['kind'][];
	cases?: boolean;
	details?: boolean;
	reasons?: boolean;
	mistakes?: boolean;
	fixedOrder?: boolean;
	explanation?: boolean;
	steps?: boolean;
	words?: boolean;
	written?: boolean;
	blanks?: number;
	rightSides?: number;
	criteria?: number;
	lines?: boolean;
	pictures?: boolean;
}

export const everything: Carried = {
	kinds: ['single', 'multiple', 'true-false', 'fill-in', 'numeric', 'matching', 'ordering', 'short-answer', 'essay']
};

let made = 0;
const code = fc.constant(0).map(() => `q-${String(++made).padStart(6, '0')}`);

const details = ({ details: has = true }: Carried): fc.Arbitrary<Details> =>
	has
		? fc.record(
				{
					code,
					articles: fc.uniqueArray(fc.constantFrom('labour-contract/14', 'labour-contract/38-1', 'labour/44'), {
						maxLength: 3
					}),
					difficulty: fc.integer({ min: 1, max: 5 }),
					topic: fc.oneof(fc.constant(''), tag),
					tags: fc.uniqueArray(tag, { maxLength: 3 }),
					use: fc.constantFrom('practice' as const, 'exam' as const, 'both' as const)
				},
				{ requiredKeys: ['code', 'articles', 'topic', 'tags'] }
			)
		: fc.constant({ articles: [], topic: '', tags: [] });

function wordingOf(kind: SmallWording['kind'], carried: Carried): fc.Arbitrary<SmallWording> {
	const { reasons = true, mistakes = true, fixedOrder = true, explanation = true } = carried;
	const own = carried.lines === false ? line : text;
	const prose = { stem: own, explanation: explanation ? anyText : fc.constant('') };
	const maybe = <T>(arbitrary: fc.Arbitrary<T>, wanted: boolean) =>
		wanted ? fc.option(arbitrary, { nil: undefined }) : fc.constant(undefined);
	const without = <T extends object>(value: T): T =>
		Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

	switch (kind) {
		case 'single':
		case 'multiple':
			return different(2, 8, own).chain((texts) =>
				fc
					.record({
						...prose,
						rights:
							kind === 'single'
								? fc.integer({ min: 0, max: texts.length - 1 }).map((each) => [each])
								: fc.uniqueArray(fc.integer({ min: 0, max: texts.length - 1 }), {
										minLength: 1,
										maxLength: texts.length
									}),
						whys: fc.array(maybe(text, reasons), { minLength: texts.length, maxLength: texts.length }),
						shuffle: maybe(fc.constant(false as const), fixedOrder)
					})
					.map(({ rights, whys, ...rest }) =>
						without({
							...rest,
							kind,
							options: texts.map((text, index) =>
								without({ text, why: rights.includes(index) ? undefined : whys[index] })
							),
							key: rights.sort((a, b) => a - b).map(letterAt)
						} as SmallWording)
					)
			);
		case 'true-false':
			return fc.record({
				...prose,
				kind: fc.constant(kind),
				key: fc.boolean(),
				why: reasons ? anyText : fc.constant('')
			});
		case 'fill-in': {
			const mistake = (answer: fc.Arbitrary<string>) =>
				maybe(fc.array(fc.record({ answer, why: text }), { minLength: 1, maxLength: 2 }), mistakes);
			const typed = text.filter((each) => each.normalize('NFKC').replace(/[\s\p{P}]+/gu, '') !== '');
			const number = fc.integer({ min: 0, max: 99_999 }).map((each) => each / 100);
			const blank = fc
				.oneof(
					fc.record({ accept: fc.array(typed, { minLength: 1, maxLength: 3 }), mistakes: mistake(text) }),
					fc.record({ number, mistakes: mistake(number.map(String)) })
				)
				.map((each) => without(each) as ExchangeBlank);
			return fc
				.record({
					...prose,
					blanks: fc.array(blank, { minLength: 1, maxLength: carried.blanks ?? 4 }),
					between: fc.array(anyText, { minLength: 4, maxLength: 4 })
				})
				.map(({ stem, blanks, between, explanation }) => ({
					kind,
					explanation,
					blanks,
					stem: `${stem}${blanks.map((_, index) => `【${index + 1}】${between[index]}`).join('')}`.trim()
				}));
		}
		case 'numeric':
			return numeric(carried, prose);
		case 'matching': {
			const sides = Math.min(10, carried.rightSides ?? 10);
			return fc
				.tuple(different(2, 8, own), different(2, sides, own), fc.record(prose))
				.filter(([lefts, rights]) => rights.length >= lefts.length)
				.map(([lefts, rights, rest]) => {
					const distractors = rights.slice(lefts.length);
					return {
						...rest,
						kind,
						pairs: lefts.map((left, index) => ({ left, right: rights[index]! })),
						...(distractors.length > 0 && { distractors })
					};
				});
		}
		case 'ordering':
			return fc.record({ ...prose, kind: fc.constant(kind), items: different(3, 8, own) });
		case 'short-answer':
		case 'essay': {
			const criterion = fc.record({ criterion: text, points: fc.integer({ min: 0, max: 40 }).map((each) => each / 2) });
			const length = fc.integer({ min: 1, max: 2_000 });
			return fc
				.record({
					...prose,
					kind: fc.constant(kind),
					reference: carried.written === false ? fc.constant('') : anyText,
					rubric: fc.array(criterion, { maxLength: carried.written === false ? 0 : (carried.criteria ?? 12) }),
					words: maybe(
						fc.record({ min: maybe(length, true), max: maybe(length, true) }).map(without) as fc.Arbitrary<{
							min?: number;
							max?: number;
						}>,
						kind === 'essay' && carried.words !== false
					)
				})
				.map((each) => without(each) as SmallWording);
		}
	}
}

const name = fc.constantFrom('wage', 'months', 'average');

function numeric(
	{ steps: hasSteps = true, mistakes: hasMistakes = true }: Carried,
	prose: { stem: fc.Arbitrary<string>; explanation: fc.Arbitrary<string> }
): fc.Arbitrary<SmallWording> {
	const value = fc.integer({ min: 0, max: 400 }).map((each) => scopeValue(each, 4));
	const leaf = fc.oneof(
		value.map((value): Expression => ({ kind: 'number', value })),
		name.map((name): Expression => ({ kind: 'name', name, position: 0 }))
	);
	const tree: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
		tree: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			leaf,
			fc.record({
				kind: fc.constant('operation' as const),
				operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
				left: tie('tree'),
				right: tie('tree'),
				position: fc.constant(0)
			}),
			fc.record({
				kind: fc.constant('call' as const),
				name: fc.constantFrom('min' as const, 'max' as const),
				values: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
				position: fc.constant(0)
			}),
			fc.record({
				kind: fc.constant('call' as const),
				name: fc.constantFrom('floor' as const, 'ceil' as const),
				values: fc.tuple(tie('tree')),
				position: fc.constant(0)
			}),
			fc.record({
				kind: fc.constant('if' as const),
				comparison: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const, '=' as const),
				left: tie('tree'),
				right: tie('tree'),
				then: tie('tree'),
				otherwise: tie('tree'),
				position: fc.constant(0)
			})
		)
	})).tree;
	const range = fc
		.record({
			min: fc.integer({ min: 0, max: 50 }),
			count: fc.integer({ min: 1, max: 40 }),
			step: fc.constantFrom(1, 2, 0.5, 0.25, 100)
		})
		.map(({ min, count, step }) => ({ min, max: min + count * step, step }));
	const formula = tree.map(printExpression).filter((each) => each.length <= 300);
	return fc
		.record({
			...prose,
			tree: tree.filter((each) => printExpression(each).length <= 300),
			ranges: fc.record({ wage: range, months: range, average: range }),
			decimals: fc.integer({ min: 0, max: 4 }),
			tolerance: fc.constantFrom(0, 0.01, 1),
			unit: fc.constantFrom('元', '个月', 'CN¥ & "x"'),
			mistakes: fc.array(fc.record({ formula, why: text }), { maxLength: hasMistakes ? 2 : 0 }),
			step: hasSteps ? fc.option(formula, { nil: undefined }) : fc.constant(undefined),
			picks: fc.array(fc.array(fc.nat(40), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 3 })
		})
		.map(({ stem, explanation, tree, ranges, decimals, tolerance, unit, mistakes, step, picks }): NumericWording => {
			const examples = picks.map((pick) => {
				const row = Object.fromEntries(
					Object.entries(ranges).map(([name, { min, max, step }], index) => [
						name,
						min + (pick[index]! % (Math.round((max - min) / step) + 1)) * step
					])
				);
				return { ...row, answer: round(tree, row, decimals) };
			});
			const plain = (text: string) => text.replaceAll('{=', '{');
			return {
				kind: 'numeric',
				stem: `${plain(stem)} {wage} {months} {average}`,
				explanation: plain(explanation),
				parameters: ranges,
				...(step !== undefined && { steps: [{ name: 'counted', formula: step }] }),
				formula: printExpression(tree),
				decimals,
				tolerance,
				unit,
				...(mistakes.length > 0 && { mistakes }),
				examples
			};
		})
		.filter((wording) => wording.examples.every((example) => Number.isFinite(example.answer)));
}

export const aSmallExchange = (carried: Carried = everything): fc.Arbitrary<SmallExchange> =>
	fc
		.constantFrom(...carried.kinds)
		.chain((kind) => fc.tuple(details(carried), wordingOf(kind, carried)))
		.map(([details, wording]) => ({ ...details, wording }))
		.filter((question) => faultOf(question) === undefined);

const aCase = (carried: Carried): fc.Arbitrary<CaseExchange> =>
	fc
		.record({
			details: details(carried),
			situation: text,
			questions: fc.array(aSmallExchange(carried), { minLength: 2, maxLength: 3 })
		})
		.map(({ details, situation, questions }) => ({ ...details, wording: { kind: 'case', situation }, questions }));

const pictures = [
	{ name: 'chart-1.png', base64: aPng(2, 2).toString('base64') },
	{ name: 'picture.png', base64: aPng(3, 1).toString('base64') },
	{ name: 'seal.png', base64: aPng(1, 4).toString('base64') }
];

/** Shows up to three pictures in the texts that may show some: stems, explanations and situations. */
function illustrated<Question extends ExchangeQuestion>(question: Question): fc.Arbitrary<Question> {
	const parts = isCase(question) ? question.questions : [question as SmallExchange];
	return fc
		.record({
			chosen: fc.subarray(pictures),
			at: fc.array(fc.nat(2 * parts.length), { minLength: 3, maxLength: 3 }),
			alt: fc.constantFrom('', '工资表', 'a & "b" <c>', "it's {wage}")
		})
		.map(({ chosen, at, alt }) => {
			const copy = structuredClone(question);
			const owned = isCase(copy) ? copy.questions : [copy as SmallExchange];
			for (const [index, { name }] of chosen.entries()) {
				const place = at[index]!;
				const part = owned[place % owned.length]!.wording;
				const mark = `![${alt}](${name})`;
				if (isCase(copy) && place === 2 * owned.length) copy.wording.situation = `${mark} ${copy.wording.situation}`;
				else if (place % 2 === 0) part.stem = `${mark} ${part.stem}`;
				else part.explanation = `${part.explanation} ${mark}`.trim();
			}
			return chosen.length > 0 ? { ...copy, pictures: chosen } : copy;
		});
}

/** Any sound question, within what a format can carry. */
export const anExchangeQuestion = (carried: Carried = everything): fc.Arbitrary<ExchangeQuestion> => {
	const question = worded(carried);
	return carried.pictures ? question.chain((each) => illustrated(each)) : question;
};

const worded = (carried: Carried): fc.Arbitrary<ExchangeQuestion> =>
	carried.cases === false
		? aSmallExchange(carried)
		: fc.oneof({ arbitrary: aSmallExchange(carried), weight: 5 }, { arbitrary: aCase(carried), weight: 1 });

/** The codes by which losses name a question. */
export const codesOf = (question: ExchangeQuestion): string[] =>
	[question, ...(isCase(question) ? question.questions : [])].flatMap(({ code }) => code ?? []);
