import { createHmac, timingSafeEqual } from 'node:crypto';

const minute = 60_000;
const digits = 6;

const minuteOf = (now: Date): number => Math.floor(now.getTime() / minute);

/** The code on the screen of the room in the minute of `now`: six digits that follow from the event's secret alone. */
export const roomCode = (secret: string, now: Date): string => codeOf(secret, minuteOf(now));

/** Whether a code was on the screen in this minute or the former one: whoever types slowly is not too late. */
export function isRoomCode(secret: string, typed: string, now: Date): boolean {
	const given = Buffer.from(
		typed
			.normalize('NFKC')
			.replace(/\D/g, '')
			.padEnd(digits)
			.slice(0, digits + 1)
	);
	return [0, 1].some((back) => {
		const right = Buffer.from(codeOf(secret, minuteOf(now) - back));
		return given.length === right.length && timingSafeEqual(given, right);
	});
}

/** Seconds until the screen shows another code. */
export const secondsLeft = (now: Date): number => 60 - Math.floor((now.getTime() % minute) / 1000);

/** Truncated as in RFC 4226. */
function codeOf(secret: string, counter: number): string {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64BE(BigInt(counter));
	const mac = createHmac('sha256', secret).update(bytes).digest();
	const offset = mac[mac.length - 1]! & 0xf;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}
