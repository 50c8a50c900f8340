/** Chance that repeats itself: the same seed draws the same, on every machine. */
export interface Chance {
	/** At least 0, below 1. */
	draw(): number;
	happens(probability: number): boolean;
	/** A whole number, both ends included. */
	between(least: number, most: number): number;
	pick<Item>(list: readonly Item[]): Item;
	/** One of the keys, as often as their weights say. */
	weighed<Key extends string>(weights: Partial<Record<Key, number>>): Key;
	shuffled<Item>(list: readonly Item[]): Item[];
	/** An identifier in the form of UUID version 7, as of that instant. */
	id(at: Date): string;
}

/** Source: Chris Doty-Humphrey's sfc32, seeded from a text with FNV-1a. */
export function chanceOf(seed: string): Chance {
	let [a, b, c, count] = [hashOf(`${seed} a`), hashOf(`${seed} b`), hashOf(`${seed} c`), 1];

	function word(): number {
		const sum = (a + b + count) | 0;
		count = (count + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		return sum >>> 0;
	}
	for (let round = 0; round < 12; round++) word();

	const draw = () => word() / 2 ** 32;
	const hex = (digits: number) =>
		Math.floor(draw() * 16 ** digits)
			.toString(16)
			.padStart(digits, '0');

	return {
		draw,
		happens: (probability) => draw() < probability,
		between: (least, most) => least + Math.floor(draw() * (most - least + 1)),
		pick: (list) => list[Math.floor(draw() * list.length)]!,
		weighed<Key extends string>(weights: Partial<Record<Key, number>>): Key {
			const entries = Object.entries(weights) as [Key, number][];
			let left = draw() * entries.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
			return entries.at(-1)![0];
		},
		shuffled(list) {
			const all = [...list];
			for (let place = all.length - 1; place > 0; place--) {
				const other = Math.floor(draw() * (place + 1));
				[all[place], all[other]] = [all[other]!, all[place]!];
			}
			return all;
		},
		id(at) {
			const time = at.getTime().toString(16).padStart(12, '0');
			const variant = (8 + Math.floor(draw() * 4)).toString(16);
			return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
		}
	};
}

function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
	return hash | 0;
}
