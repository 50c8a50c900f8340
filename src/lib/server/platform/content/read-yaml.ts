import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Scalar } from 'yaml';
import { report, type Source } from './source.ts';

/** A place in a YAML file that is about to be read. */
export interface Spot {
	source: Source;
	node: Node | null;
	line: number;
	/** How the problem names this value, such as `key` or `options[2].text`. */
	name: string;
	lineAt: (node: Node, edge?: 'start' | 'end') => number;
}

/** Reads a value of one shape; reports what is wrong and then gives nothing. */
export type Reader<T> = (spot: Spot) => T | undefined;
export type Read<R> = R extends Reader<infer T> ? T : never;

const maxBytes = 2_000_000;

/**
 * Reads YAML text as the given shape. Every problem is reported with its line; nothing is thrown.
 * @param firstLine the line of the file on which the text begins (front matter begins on the second)
 */
export function readYaml<T>(source: Source, text: string, reader: Reader<T>, firstLine = 1): T | undefined {
	if (text.length > maxBytes) {
		report(source, { line: firstLine, code: 'file.too-large', message: `文件超过 ${maxBytes} 个字符` });
		return undefined;
	}
	const counter = new LineCounter();
	const lineAtOffset = (offset: number) => counter.linePos(offset).line + firstLine - 1;
	let document;
	try {
		document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, version: '1.2', prettyErrors: false });
	} catch {
		// The parser recurses: brackets nested by the thousand end its stack.
		report(source, { line: firstLine, code: 'yaml.syntax', message: '嵌套太深，无法读取' });
		return undefined;
	}
	for (const error of [...document.errors, ...document.warnings]) {
		const line = lineAtOffset(error.pos[0]);
		report(source, { line, code: yamlCode(error.code), message: explain(error.code, error.message) });
	}

	// What is left after a fault of syntax is read as well, so that one slip hides no other problem.
	const lineAt: Spot['lineAt'] = (node, edge = 'start') => lineAtOffset(node.range?.[edge === 'start' ? 0 : 1] ?? 0);
	return reader({ source, node: document.contents, line: firstLine, name: '文件', lineAt });
}

const yamlCode = (code: string) => (code === 'DUPLICATE_KEY' ? 'field.duplicate' : 'yaml.syntax');

function explain(code: string, message: string): string {
	if (code === 'DUPLICATE_KEY') return '字段重复';
	const hint =
		code === 'BLOCK_AS_IMPLICIT_KEY'
			? '值里有半角的“冒号加空格”，请改用全角冒号或者给整个值加双引号'
			: message.includes('node end')
				? '值以 [、{ 或者引号开头却没有在那里结束，请给整个值加双引号'
				: 'YAML 写法有误';
	return `${hint}（${message.split('\n')[0]}）`;
}

/** Reports at this spot and gives nothing, so that readers can end with it. */
export function refuse(spot: Spot, code: string, message: string): undefined {
	report(spot.source, { line: spot.line, code, message });
}

/** The spot of a value inside this one. */
export function inside(spot: Spot, node: Node | null, name: string, line = spot.line): Spot {
	return { ...spot, node, name, line: node ? spot.lineAt(node) : line };
}

/** The scalar at this spot. Anchors, aliases and tags have no use in content and are refused. */
export function scalarAt(spot: Spot): Scalar | undefined {
	const { node } = spot;
	if (isAlias(node) || (node && (node.tag || ('anchor' in node && node.anchor)))) {
		return refuse(spot, 'yaml.feature', `${spot.name} 用了锚点、别名或者标签，内容文件不用这些写法`);
	}
	return isScalar(node) ? node : undefined;
}

export { isMap, isSeq };
