import { expect, test } from 'vitest';
import { isRoomCode, roomCode, secondsLeft } from '#lib/server/events/room-code.ts';

const now = new Date('2026-11-23T02:00:20Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test('stays for its minute and changes with the next', () => {
	expect(roomCode('a', now)).toMatch(/^\d{6}$/);
	expect(roomCode('a', later(39))).toBe(roomCode('a', now));
	expect(roomCode('a', later(40))).not.toBe(roomCode('a', now));
	expect(secondsLeft(now)).toBe(40);
});

test('holds in its own minute and the one after, for its own event alone', () => {
	const code = roomCode('a', now);
	expect(isRoomCode('a', code, now)).toBe(true);
	expect(isRoomCode('a', code, later(60))).toBe(true);
	expect(isRoomCode('a', code, later(120))).toBe(false);
	expect(isRoomCode('a', code, later(-60))).toBe(false);
	expect(isRoomCode('b', code, now)).toBe(false);
});

test('may be typed with spaces or in wide figures, and never by half', () => {
	const code = roomCode('a', now);
	const wide = [...code].map((figure) => String.fromCharCode(figure.charCodeAt(0) + 0xfee0)).join('');
	expect(isRoomCode('a', ` ${code.slice(0, 3)} ${code.slice(3)} `, now)).toBe(true);
	expect(isRoomCode('a', wide, now)).toBe(true);
	for (const wrong of ['', code.slice(0, 5), `${code}0`, 'abcdef']) expect(isRoomCode('a', wrong, now)).toBe(false);
});
