import { encode } from 'uqr';

/** A QR code as the path of an SVG, `size` units wide with its quiet zone, one unit for each module. */
export type Qr = { size: number; path: string };

/** The QR code of an address. Level M: a stain or a fold of the paper does no harm. */
export function qrOf(address: string): Qr {
	const { size, data } = encode(address, { ecc: 'M', border: 2 });
	const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
	return { size, path };
}
