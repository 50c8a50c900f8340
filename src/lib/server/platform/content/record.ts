import type { Node, Scalar } from 'yaml';
import { inside, isMap, refuse, scalarAt, type Read, type Reader } from './read-yaml.ts';
import { prose } from './readers.ts';

interface Optional<T> {
	optional: Reader<T>;
}
type Shape = Record<string, Reader<unknown> | Optional<unknown>>;
type Shaped<S extends Shape> = {
	[K in keyof S as S[K] extends Optional<unknown> ? never : K]: Read<S[K]>;
} & {
	[K in keyof S as S[K] extends Optional<unknown> ? K : never]?: S[K] extends Optional<infer T> ? T : never;
};

/** Marks a field of a record that may be left out. */
export const optional = <T>(reader: Reader<T>): Optional<T> => ({ optional: reader });

/** A mapping with known fields. Unknown and missing ones are reported; all fields are read before it gives up. */
export const record =
	<S extends Shape>(shape: S): Reader<Shaped<S>> =>
	(spot) => {
		const { node, source, line, lineAt } = spot;
		scalarAt(spot);
		if (!isMap(node))
			return refuse(spot, 'field.type', `${spot.name} 应当由字段组成：${Object.keys(shape).join('、')}`);

		const value: Record<string, unknown> = {};
		const of: Record<string, number> = {};
		let complete = true;
		for (const { key, value: child } of node.items) {
			const name = String((key as Scalar).value);
			of[name] = lineAt(key as Node);
			const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
			if (!field) {
				refuse(
					{ ...spot, line: of[name] },
					'field.unknown',
					`不认识的字段 ${name}，这里只有 ${Object.keys(shape).join('、')}`
				);
				continue;
			}
			const read = typeof field === 'function' ? field : field.optional;
			value[name] = read(inside(spot, child as Node | null, name, of[name]));
			complete &&= value[name] !== undefined;
		}
		for (const [name, field] of Object.entries(shape)) {
			if (name in of || typeof field !== 'function') continue;
			refuse(spot, 'field.missing', `缺少字段 ${name}`);
			complete = false;
		}
		source.lines.set(value, { line, of });
		return complete ? (value as Shaped<S>) : undefined;
	};

/** A text in both languages. */
export const bilingual = record({ 'zh-CN': prose, en: prose });
export type Bilingual = Read<typeof bilingual>;
