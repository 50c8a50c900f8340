const digits = new Map([...'〇一二三四五六七八九'].map((digit, value) => [digit, value]));
for (const [value, digit] of [...'零壹贰叁肆伍陆柒捌玖'].entries()) digits.set(digit, value);
digits.set('两', 2).set('貳', 2).set('○', 0);
const units = new Map(Object.entries({ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }));

/** Reads a whole number written in Chinese, in words (一百零五) or digit by digit (二〇〇八), below 10^12. */
export function readChineseNumber(text: string): number | undefined {
	if (!text || text.length > 24) return undefined;
	if ([...text].every((char) => digits.has(char))) return Number([...text].map((char) => digits.get(char)).join(''));

	const match = /^(?:(.+)亿)?(?:(.+)万)?(.*)$/u.exec(text);
	if (!match) return undefined;
	const [hundredMillions, tenThousands, rest] = match
		.slice(1)
		.map((part) => (part ? readBelowTenThousand(part.replace(/^[零〇]/, '')) : 0));
	if (hundredMillions === undefined || tenThousands === undefined || rest === undefined) return undefined;
	return hundredMillions * 1e8 + tenThousands * 1e4 + rest;
}

function readBelowTenThousand(text: string): number | undefined {
	let sum = 0;
	let pending: number | undefined;
	let lastUnit = 10_000;
	for (const char of text) {
		const unit = units.get(char);
		if (unit !== undefined) {
			// 十五 means 一十五, but only at the beginning.
			if (pending === 0 || unit >= lastUnit || (pending === undefined && (unit !== 10 || sum > 0))) return undefined;
			sum += (pending ?? 1) * unit;
			pending = undefined;
			lastUnit = unit;
			continue;
		}
		const digit = digits.get(char);
		if (digit === undefined || (pending !== undefined && pending !== 0)) return undefined;
		pending = digit;
	}
	return sum + (pending ?? 0);
}
