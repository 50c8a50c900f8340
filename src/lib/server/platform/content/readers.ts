import type { Node, Scalar } from 'yaml';
import { inside, isMap, isSeq, refuse, scalarAt, type Reader, type Spot } from './read-yaml.ts';
import { report } from './source.ts';

/** A line of prose: not empty, on one line, nothing cut off by a comment. */
export const prose: Reader<string> = (spot) => {
	const scalar = scalarAt(spot);
	if (!scalar || typeof scalar.value !== 'string') return refuse(spot, 'field.type', `${spot.name} 应当是一段文字`);
	if (scalar.type === 'BLOCK_FOLDED' || scalar.type === 'BLOCK_LITERAL' || isFolded(spot)) {
		return refuse(spot, 'text.folded', `${spot.name} 要写在一行里，折行会在汉字之间多出空格`);
	}
	if (scalar.comment !== undefined && scalar.type === 'PLAIN') {
		return refuse(spot, 'text.comment', `${spot.name} 里有“空格加井号”，后面的文字会被当作注释；请改写或者加双引号`);
	}
	const text = scalar.value.trim();
	if (hasNarrowPunctuation(text)) {
		const message = `${spot.name} 的中文里有半角标点`;
		report(spot.source, { level: 'warning', line: spot.line, code: 'text.half-width', message });
	}
	return text || refuse(spot, 'field.missing', `${spot.name} 没有内容`);
};

/** Half-width punctuation beside a Chinese character. */
export const hasNarrowPunctuation = (text: string): boolean =>
	/\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}/u.test(text);

/** A text that goes on in the next line of the file. */
const isFolded = ({ node, lineAt }: Spot) => node !== null && lineAt(node, 'end') > lineAt(node);

/** A short text that must match a pattern. */
export const word =
	(pattern: RegExp, rule: string): Reader<string> =>
	(spot) => {
		const value = scalarAt(spot)?.value;
		if (typeof value === 'string' && pattern.test(value)) return value;
		return refuse(spot, 'field.type', `${spot.name} 应当是${rule}`);
	};

/** An id: lower-case letters, digits and hyphens. */
export const slug = word(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '小写英文、数字和短横组成的代号');

/** One of a few words. */
export const oneOf =
	<const W extends string>(...words: W[]): Reader<W> =>
	(spot) => {
		const value = scalarAt(spot)?.value;
		const found = words.find((each) => each === value);
		return found ?? refuse(spot, 'field.type', `${spot.name} 只能是 ${words.join('、')}`);
	};

/** A calendar date in quotes. Without quotes other tools would read a timestamp. */
export const date: Reader<string> = (spot) => {
	const scalar = scalarAt(spot);
	const value = scalar?.value;
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || !isOnCalendar(value)) {
		return refuse(spot, 'field.type', `${spot.name} 应当是日期，写成 "2008-01-01"`);
	}
	return scalar?.type === 'PLAIN' ? refuse(spot, 'date.unquoted', `${spot.name} 的日期要加引号`) : value;
};

function isOnCalendar(date: string): boolean {
	const instant = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

/** Text that must stand in quotes because it would otherwise be a number. */
export const quoted: Reader<string> = (spot) => {
	const scalar = scalarAt(spot);
	if (typeof scalar?.value === 'string' && scalar.value && scalar.type !== 'PLAIN') return scalar.value;
	return refuse(spot, 'field.unquoted', `${spot.name} 要加引号`);
};

/** A number within bounds; `step: 1` asks for a whole one. */
export const number =
	({ min = 0, max = 1e12, whole = false } = {}): Reader<number> =>
	(spot) => {
		const value = scalarAt(spot)?.value;
		if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
		const upTo = max < 1e12 ? `${min} 至 ${max} 的` : min === 0 ? '不为负的' : `不小于 ${min} 的`;
		return refuse(spot, 'field.type', `${spot.name} 应当是${upTo}${whole ? '整数' : '数字'}`);
	};

/** A whole number within bounds. */
export const whole = (min: number, max?: number) => number({ min, max, whole: true });

/** true or false, without quotes. */
export const yesNo: Reader<boolean> = (spot) => {
	const value = scalarAt(spot)?.value;
	return typeof value === 'boolean' ? value : refuse(spot, 'field.type', `${spot.name} 应当是 true 或者 false`);
};

/** A list; items that cannot be read are left out after their problem is reported; a wrong number of items refuses it. */
export const list =
	<T>(item: Reader<T>, { min = 0, max = 10_000 } = {}): Reader<T[]> =>
	(spot) => {
		const { node, source, line, lineAt } = spot;
		if (!isSeq(node)) return refuse(spot, 'field.type', `${spot.name} 应当是列表`);
		if (node.items.length < min || node.items.length > max) {
			const bounds = max < 10_000 ? `${min} 至 ${max} 项` : `至少 ${min} 项`;
			return refuse(spot, 'list.length', `${spot.name} 有 ${node.items.length} 项，应当${bounds}`);
		}
		const items: T[] = [];
		const of: Record<string, number> = {};
		for (const [index, each] of node.items.entries()) {
			const value = item(inside(spot, each as Node, `${spot.name}[${index + 1}]`));
			if (value === undefined) continue;
			of[items.length] = lineAt(each as Node);
			items.push(value);
		}
		source.lines.set(items, { line, of });
		return items;
	};

/** A mapping whose keys are free and whose values have one shape. */
export const mapping =
	<T>(value: Reader<T>): Reader<Record<string, T>> =>
	(spot) => {
		const { node, source, line, lineAt } = spot;
		if (!isMap(node)) return refuse(spot, 'field.type', `${spot.name} 应当是“名: 值”的组合`);
		const found: Record<string, T> = Object.create(null);
		const of: Record<string, number> = {};
		for (const { key, value: child } of node.items) {
			const name = String((key as Scalar).value);
			of[name] = lineAt(key as Node);
			const read = value(inside(spot, child as Node | null, `${spot.name}.${name}`, of[name]));
			if (read !== undefined) found[name] = read;
		}
		const plain = { ...found };
		source.lines.set(plain, { line, of });
		return plain;
	};
