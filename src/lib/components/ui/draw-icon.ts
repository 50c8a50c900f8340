import type { IconNode } from 'lucide';

const drawn = new WeakMap<IconNode, string>();

/** The inside of a lucide icon as SVG markup. Drawn once: a working list shows the same few icons hundreds of times. */
export function drawIcon(icon: IconNode): string {
	let markup = drawn.get(icon);
	if (markup === undefined) {
		markup = icon.map(([tag, attributes]) => `<${tag}${attributesOf(attributes)}/>`).join('');
		drawn.set(icon, markup);
	}
	return markup;
}

const attributesOf = (attributes: IconNode[number][1]) =>
	Object.entries(attributes)
		.map(([name, value]) => ` ${name}="${value}"`)
		.join('');
