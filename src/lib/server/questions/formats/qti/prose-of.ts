import type { Feature } from '../format.ts';
import type { Element } from '../xml/parse-document.ts';
import { proseBuilder, type ProseBuilder, type ProseOptions } from '../xml/prose-builder.ts';

/** What stands in a body and is not for whoever answers. */
export const isAside = ({ name }: Element): boolean =>
	['rubricBlock', 'feedbackBlock', 'feedbackInline', 'templateBlock', 'templateInline', 'infoControl'].includes(name);

/** Walks through an element between its opening and its closing. */
export function inside(
	builder: ProseBuilder,
	name: string,
	attributes: Record<string, string>,
	walk: () => void
): void {
	builder.open(name, attributes);
	walk();
	builder.close(name);
}

/** All text of an element as plain text or Markdown, without what `isAside`. */
export function proseOf(element: Element, lose: (feature: Feature) => void, options: ProseOptions = {}): string {
	const builder = proseBuilder(lose, options);
	const walk = (each: Element) => {
		for (const child of each.children) {
			if (typeof child === 'string') builder.text(child);
			else if (!isAside(child)) inside(builder, child.name, child.attributes, () => walk(child));
		}
	};
	walk(element);
	return builder.done();
}
