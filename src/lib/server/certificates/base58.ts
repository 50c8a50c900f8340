const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bytes in Bitcoin's base 58, as multibase values behind a `z` are written. */
export function base58(bytes: Uint8Array): string {
	let number = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
	let text = '';
	for (; number > 0n; number /= 58n) text = alphabet[Number(number % 58n)] + text;
	const zeros = bytes.findIndex((byte) => byte !== 0);
	return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text;
}
