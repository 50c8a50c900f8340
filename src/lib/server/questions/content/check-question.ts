import { lineOf, type Source } from '#lib/server/platform/content/source.ts';
import { letterOf } from '#lib/server/questions/letters.ts';
import { scoreBlanks } from '#lib/server/questions/score-answer.ts';
import { normaliseTyped } from '#lib/server/questions/typed-answer.ts';
import { checkNumeric } from './check-numeric.ts';
import { faultsOf, type Fault } from './fault.ts';
import type {
	EssayContent,
	FillInContent,
	MatchingContent,
	MultipleContent,
	OrderingContent,
	QuestionContent,
	ShortAnswerContent,
	SingleContent,
	SmallContent
} from './parse-questions.ts';
import { placeholdersIn } from './placeholders.ts';

/** Everything about a question that can be judged without the course around it. */
export function checkQuestion(source: Source, question: QuestionContent): void {
	const fault = faultsOf(source, question.id);
	const { from, until } = question;
	if (from && until && until <= from) fault(lineOf(source, question, 'until'), 'question.dates', 'until 应当晚于 from');
	if (question.kind === 'case') {
		checkNoPlaceholders(source, question, ['situation'], fault);
		for (const each of question.questions) checkQuestion(source, each);
		return;
	}
	checkArticlesOnce(source, question, fault);
	checkPlainTexts(source, question, fault);
	checkExplanation(source, question, fault);
	if (question.kind === 'numeric') checkNumeric(source, question, fault);
	else checkNoPlaceholders(source, question, ['stem', 'explanation'], fault);
	if (question.kind === 'single' || question.kind === 'multiple') checkOptions(source, question, fault);
	if (question.kind === 'matching') checkPairs(source, question, fault);
	if (question.kind === 'ordering') checkItems(source, question, fault);
	if (question.kind === 'short-answer' || question.kind === 'essay') checkRubric(source, question, fault);
	if (question.kind === 'fill-in') checkBlanks(source, question, fault);
	else if (/【\d*】/.test(question.stem))
		fault(lineOf(source, question, 'stem'), 'blank.stray', '只有填空题的题干才有【1】这样的空');
}

function checkNoPlaceholders(source: Source, question: QuestionContent, keys: string[], fault: Fault): void {
	for (const key of keys) {
		const text = question[key as keyof QuestionContent];
		const name = typeof text === 'string' ? placeholdersIn(text)[0] : undefined;
		if (name !== undefined)
			fault(lineOf(source, question, key), 'placeholder.unknown', `{${name}} 没有着落：只有计算题可以用占位`);
	}
}

function checkArticlesOnce(source: Source, { articles }: SmallContent, fault: Fault): void {
	for (const [index, address] of articles.entries()) {
		if (articles.indexOf(address) !== index)
			fault(lineOf(source, articles, index), 'question.article-twice', `articles 里 ${address} 重复`);
	}
}

/** Options, reasons and the like are shown as they stand; Markdown belongs into the stem and the explanation. */
function checkPlainTexts(source: Source, question: SmallContent, fault: Fault): void {
	const texts: { place: object; text: string | undefined; key: string }[] = [];
	if (question.kind === 'single' || question.kind === 'multiple') {
		for (const place of question.options) {
			texts.push({ place, text: place.text, key: 'text' }, { place, text: place.why, key: 'why' });
		}
	}
	if (question.kind === 'true-false') texts.push({ place: question, text: question.why, key: 'why' });
	if (question.kind === 'numeric') {
		for (const place of question.mistakes ?? []) texts.push({ place, text: place.why, key: 'why' });
	}
	if (question.kind === 'fill-in') {
		for (const place of question.blanks.flatMap(({ mistakes = [] }) => mistakes)) {
			texts.push({ place, text: place.why, key: 'why' });
		}
	}
	if (question.kind === 'matching') {
		for (const place of question.pairs)
			texts.push({ place, text: place.left, key: 'left' }, { place, text: place.right, key: 'right' });
		for (const text of question.distractors ?? []) texts.push({ place: question, text, key: 'distractors' });
	}
	if (question.kind === 'ordering')
		for (const text of question.items) texts.push({ place: question, text, key: 'items' });
	if (question.kind === 'short-answer' || question.kind === 'essay') {
		for (const place of question.rubric) texts.push({ place, text: place.criterion, key: 'criterion' });
	}
	for (const { place, text = '', key } of texts) {
		if (!/\]\(|\*\*|<\/?[a-z]/i.test(text)) continue;
		fault(lineOf(source, place, key), 'text.markdown', `${key} 按原样显示，不能写链接、加粗或者 HTML`);
	}
}

const naming =
	/选项\s?[A-H](?![A-Za-z])|(?<![A-Za-z])[A-H]\s?(?:项|选项)|(?:应当?|正确答案[是为]?|答案[是为]?|故)选\s?[A-H]|答案[是为]?\s?[A-H](?![A-Za-z])/;

function checkExplanation(source: Source, question: SmallContent, fault: Fault): void {
	const line = lineOf(source, question, 'explanation');
	if (!question.explanation.includes('](statute:')) fault(line, 'explanation.no-article', '解析里至少要有一个条文链接');
	if (naming.test(question.explanation)) fault(line, 'explanation.letter', '解析不提选项字母，选项会打乱');
}

function checkOptions(source: Source, question: SingleContent | MultipleContent, fault: Fault): void {
	const { options, key, kind } = question;
	const keyLine = lineOf(source, question, 'key');
	const texts = new Set<string>();
	for (const [index, option] of options.entries()) {
		const letter = letterOf(index);
		const line = lineOf(source, options, index);
		if (texts.has(normaliseTyped(option.text))) fault(line, 'option.duplicate', `选项 ${letter} 与前面的选项相同`);
		texts.add(normaliseTyped(option.text));
		const isRight = key.some((each) => each === letter);
		if (isRight && option.why)
			fault(line, 'option.why', `选项 ${letter} 在 key 里，却写了 why；key 与 why 必有一处写错`);
		if (!isRight && !option.why)
			fault(line, 'option.why', `错误选项 ${letter} 缺少 why；如果它是正确项，就应当写进 key`);
		if (/^以上(选项)?(全|都|均|皆)/.test(option.text)) fault(line, 'option.all-of-above', '不出“以上都对”“以上都不对”');
	}
	for (const letter of key) {
		if (letter >= letterOf(options.length)) fault(keyLine, 'key.unknown', `key 里的 ${letter} 超出选项`);
	}
	if (key.some((letter, index) => index > 0 && letter <= key[index - 1]!))
		fault(keyLine, 'key.order', 'key 的字母应当升序，不重复');
	if (kind === 'multiple' && new Set(key).size >= options.length)
		fault(keyLine, 'key.all', '多选题至少要留一个错误选项');
}

function checkBlanks(source: Source, question: FillInContent, fault: Fault): void {
	const { blanks, stem } = question;
	const marks = [...stem.matchAll(/【(\d*)】/g)].map((match) => Number(match[1]));
	if (marks.length !== blanks.length || marks.some((mark, index) => mark !== index + 1)) {
		const wanted = blanks.map((_, index) => `【${index + 1}】`).join('');
		fault(
			lineOf(source, question, 'stem'),
			'blank.marks',
			`blanks 有 ${blanks.length} 项，题干里应当依次出现 ${wanted}`
		);
	}
	for (const [index, blank] of blanks.entries()) {
		const line = lineOf(source, blanks, index);
		if ('accept' in blank) {
			const forms = blank.accept.map(normaliseTyped);
			if (forms.includes('')) fault(line, 'blank.empty', `第 ${index + 1} 空的写法去掉标点后是空的`);
			if (new Set(forms).size < forms.length) fault(line, 'blank.duplicate', `第 ${index + 1} 空的可接受写法有重复`);
		}
		for (const mistake of blank.mistakes ?? []) {
			const [isRight] = scoreBlanks([blank], [mistake.answer]);
			if (isRight) fault(line, 'blank.mistake-right', `第 ${index + 1} 空的误填“${mistake.answer}”其实是对的`);
		}
	}
}

const mostRightSides = 10;

function checkPairs(source: Source, question: MatchingContent, fault: Fault): void {
	const { pairs, distractors = [] } = question;
	const lefts = new Set<string>();
	const rights = new Set<string>();
	for (const [index, { left, right }] of pairs.entries()) {
		const line = lineOf(source, pairs, index);
		if (lefts.has(normaliseTyped(left))) fault(line, 'pair.left-twice', `左项“${left}”重复`);
		if (rights.has(normaliseTyped(right))) fault(line, 'pair.right-twice', `右项“${right}”重复，配对就不唯一`);
		lefts.add(normaliseTyped(left));
		rights.add(normaliseTyped(right));
	}
	for (const [index, right] of distractors.entries()) {
		if (rights.has(normaliseTyped(right)))
			fault(lineOf(source, distractors, index), 'pair.right-twice', `右项“${right}”重复，配对就不唯一`);
		rights.add(normaliseTyped(right));
	}
	if (pairs.length + distractors.length > mostRightSides) {
		fault(lineOf(source, question, 'distractors'), 'pair.many', `右项连同干扰项不超过 ${mostRightSides} 个`);
	}
}

function checkItems(source: Source, { items }: OrderingContent, fault: Fault): void {
	const texts = items.map(normaliseTyped);
	for (const [index, text] of texts.entries()) {
		if (texts.indexOf(text) !== index)
			fault(lineOf(source, items, index), 'item.duplicate', `“${items[index]}”重复，次序就不唯一`);
	}
}

function checkRubric(source: Source, question: ShortAnswerContent | EssayContent, fault: Fault): void {
	const line = lineOf(source, question, 'rubric');
	if (question.rubric.every(({ points }) => points === 0)) fault(line, 'rubric.points', '评分要点的分值不能都是零');
	const { min = 0, max = Infinity } = question.kind === 'essay' ? (question.words ?? {}) : {};
	if (min > max) fault(lineOf(source, question, 'words'), 'words.range', 'words 的 min 大于 max');
}
