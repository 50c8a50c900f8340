import { expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';

test.each([
	{ hours: 1, courses: 1, says: '2026: 1 training hour, 1 course completed' },
	{ hours: 2.5, courses: 0, says: '2026: 2.5 training hours, 0 courses completed' },
	{ hours: 6, courses: 1, says: '2026: 6 training hours, 1 course completed' }
])('the English record says $says', ({ hours, courses, says }) => {
	expect(m.records_title({ year: 2026, hours, courses }, { locale: 'en' })).toBe(says);
});
