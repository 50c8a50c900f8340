import { readChineseNumber } from '#lib/server/statutes/content/chinese-number.ts';
import { readDecimal, whole, type Rational } from './rational.ts';

/** Typed text as it is compared: without spaces and edge punctuation, full-width letters and digits made narrow. */
export function normaliseTyped(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\s+/gu, '')
		.replace(/^\p{P}+|(?<!\p{P})\p{P}+$/gu, ''); // looking behind, so that long runs of marks take no long time
}

const chineseFigures = /[〇○零一二三四五六七八九两壹贰貳叁肆伍陆柒捌玖十拾百佰千仟万亿]+/gu;

/** The same with numbers in figures: `十五日` and `15日` are one answer. */
export const normaliseAnswer = (text: string): string =>
	normaliseTyped(text).replace(chineseFigures, (figures) => String(readChineseNumber(figures) ?? figures));

const mostCharacters = 40;

/**
 * The number somebody typed: `36000`, `36,000.50`, `３６０００`, `三万六千`. A unit behind it is allowed.
 * Anything else is nothing.
 */
export function readTypedNumber(text: string, unit = ''): Rational | undefined {
	if (text.length > mostCharacters) return undefined;
	let plain = text.normalize('NFKC').replace(/\s+/gu, '');
	const narrowUnit = unit.normalize('NFKC').replace(/\s+/gu, '');
	if (narrowUnit && plain.endsWith(narrowUnit)) plain = plain.slice(0, -narrowUnit.length);
	plain = plain.replace(/^\p{P}+(?<!-)|[^\P{P}%]+$/gu, '').replace(/^\+/, '');
	if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '');
	const decimal = readDecimal(plain);
	if (decimal) return decimal;
	const [integer, fraction] = plain.split('点');
	const read = readChineseNumber(integer ?? '');
	if (read === undefined) return undefined;
	if (fraction === undefined) return whole(read);
	const digits = [...fraction].map((digit) => readChineseNumber(digit));
	if (digits.length === 0 || digits.some((digit) => digit === undefined || digit > 9)) return undefined;
	return readDecimal(`${read}.${digits.join('')}`);
}
