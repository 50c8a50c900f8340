/** A side longer than this, or more points than that, only stops the browser that is to show it. */
const longest = 20_000;
const mostPoints = 120_000_000;

const fits = (width: number, height: number) =>
	width > 0 && height > 0 && width <= longest && height <= longest && width * height <= mostPoints;

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Chunk after chunk from the head to IEND, and nothing behind it. */
export function isPng(bytes: Buffer): boolean {
	if (!bytes.subarray(0, 8).equals(signature) || bytes.toString('latin1', 12, 16) !== 'IHDR' || bytes.length < 45)
		return false;
	if (!fits(bytes.readUInt32BE(16), bytes.readUInt32BE(20))) return false;

	for (let at = 8; at + 12 <= bytes.length;) {
		const next = at + 12 + bytes.readUInt32BE(at);
		if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return next === bytes.length;
		at = next;
	}
	return false;
}

/** Segments up to the frame, which says the size. Cameras may put data of their own behind the picture. */
export function isJpeg(bytes: Buffer): boolean {
	if (bytes.length < 64 || bytes.readUInt16BE(0) !== 0xffd8) return false;

	for (let at = 2; at + 9 < bytes.length;) {
		const marker = bytes.readUInt16BE(at);
		if (marker === 0xffff) at += 1;
		else if (marker < 0xffc0) return false;
		else if (isFrame(marker))
			return fits(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)) && bytes.includes('\xff\xd9', at, 'latin1');
		else at += 2 + bytes.readUInt16BE(at + 2);
	}
	return false;
}

/** SOF0 to SOF15, without the three markers among them that mean something else. */
const isFrame = (marker: number) => marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);

/** A RIFF file that is as long as it says, with a picture of known size first. */
export function isWebp(bytes: Buffer): boolean {
	if (bytes.length < 32 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
		return false;
	const stated = bytes.readUInt32LE(4) + 8;
	if (stated !== bytes.length && stated + 1 !== bytes.length) return false;

	const chunk = bytes.toString('latin1', 12, 16);
	if (chunk === 'VP8X') return fits(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
	if (chunk === 'VP8 ') return fits(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
	if (chunk !== 'VP8L' || bytes[20] !== 0x2f) return false;
	const sizes = bytes.readUInt32LE(21);
	return fits((sizes & 0x3fff) + 1, ((sizes >>> 14) & 0x3fff) + 1);
}
