/** What cannot stand in a script as JSON writes it: an end of the script, and two ends of a line. */
const unsafe = /[<\u2028\u2029]/g;
const bareKey = /^[a-zA-Z_$][\w$]*$/;

/** Stands for what devalue has to write. */
class NotPlain extends Error {}
const notPlain = new NotPlain();

/**
 * Writes what a page was loaded with as a literal that a script may hold. Nearly all of it is a plain tree of texts, numbers and
 * dates, which takes a fraction of the time that devalue needs to look for whatever else there may be.
 * @param special writes what is not plain; undefined where it does not know it
 * @returns undefined where only devalue can write it: shared and circular parts, promises, maps, functions …
 */
export function writeData(data: unknown, special: (thing: object) => string | undefined): string | undefined {
	const seen = new Set<object>();

	function write(value: unknown): string {
		if (typeof value === 'string') return quoted(value);
		if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
		if (typeof value === 'boolean' || value === null) return String(value);
		if (value === undefined) return 'void 0';
		if (typeof value !== 'object') throw notPlain;
		if (value instanceof Date) return `new Date(${value.getTime()})`;

		if (seen.has(value)) throw notPlain;
		seen.add(value);
		if (Array.isArray(value)) return writeList(value);
		if (Object.getPrototypeOf(value) === Object.prototype) return writeObject(value as Record<string, unknown>);
		const written = 'then' in value ? undefined : special(value);
		if (written === undefined) throw notPlain;
		return written;
	}

	function writeList(list: unknown[]): string {
		let text = '[';
		for (let place = 0; place < list.length; place++) {
			if (list[place] === undefined && !(place in list)) throw notPlain;
			text += (place > 0 ? ',' : '') + write(list[place]);
		}
		return `${text}]`;
	}

	function writeObject(object: Record<string, unknown>): string {
		let text = '';
		for (const key of Object.keys(object)) {
			if (key === '__proto__') throw notPlain;
			const value = object[key];
			if (key === 'then' && typeof value === 'function') throw notPlain;
			text += `${text && ','}${bareKey.test(key) ? key : quoted(key)}:${write(value)}`;
		}
		return `{${text}}`;
	}

	try {
		return write(data);
	} catch (error) {
		if (error === notPlain) return undefined;
		throw error;
	}
}

function quoted(text: string): string {
	return JSON.stringify(text).replace(unsafe, (mark) =>
		mark === '<' ? '\\u003C' : mark === '\u2028' ? '\\u2028' : '\\u2029'
	);
}
