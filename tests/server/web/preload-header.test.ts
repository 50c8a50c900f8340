import { expect, test } from 'vitest';
import { boundPreloads } from '#lib/server/web/preload-header.ts';

const hint = (number: number) => `<./_app/immutable/chunks/part-${number}.js>; rel="modulepreload"; nopush`;
const bounded = (count: number) => {
	const headers = new Headers({ link: Array.from({ length: count }, (_, number) => hint(number)).join(', ') });
	boundPreloads(headers);
	return headers.get('link')!;
};

test('leaves the hints of a common page alone', () => {
	expect(bounded(20).split(', ')).toHaveLength(20);
});

test('keeps whole hints, the first ones, within four thousand characters', () => {
	const hints = bounded(500).split(', ');
	expect(hints.length).toBeGreaterThan(40);
	expect(hints).toEqual(hints.map((_, number) => hint(number)));
	expect(hints.join(', ').length).toBeLessThanOrEqual(4_096);
});

test('makes no header where there was none', () => {
	const headers = new Headers();
	boundPreloads(headers);
	expect(headers.has('link')).toBe(false);
});
