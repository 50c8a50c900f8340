import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter that could be taken for a figure, and no U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new code of 80 random bits: nobody comes upon a certificate by guessing. */
export function newCode(): string {
	const bits = BigInt(`0x${randomBytes(10).toString('hex')}`);
	return Array.from({ length: 16 }, (_, place) => alphabet[Number((bits >> BigInt(75 - 5 * place)) & 31n)]).join('');
}

/** A code as somebody typed it from paper: without the dashes, small letters made large, look-alikes read as what was printed. Undefined where it can be none. */
export function readCode(typed: string): string | undefined {
	const code = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : undefined;
}
