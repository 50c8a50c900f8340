import { expect, test } from 'vitest';
import { daysBetween, formatDate, type DateStyle } from '#lib/format/dates.ts';
import { formatNumber, formatPercent } from '#lib/format/numbers.ts';

const shanghai = 'Asia/Shanghai';
const lateEvening = new Date('2026-11-22T17:30:05Z');

test.each<{ style: DateStyle; zh: string; en: string }>([
	{ style: 'date', zh: '2026-11-23', en: '2026-11-23' },
	{ style: 'day', zh: '11月23日', en: '23 November' },
	{ style: 'long', zh: '2026年11月23日', en: '23 November 2026' },
	{ style: 'weekday', zh: '2026年11月23日，星期一', en: 'Monday, 23 November 2026' },
	{ style: 'month', zh: '2026年11月', en: 'November 2026' }
])('writes a calendar date as $style', ({ style, zh, en }) => {
	expect(formatDate('2026-11-23', style, 'America/New_York', 'zh-CN')).toBe(zh);
	expect(formatDate('2026-11-23', style, 'Pacific/Auckland', 'en')).toBe(en);
});

test.each<{ style: DateStyle; text: string }>([
	{ style: 'instant', text: '2026-11-23 01:30' },
	{ style: 'second', text: '2026-11-23 01:30:05' },
	{ style: 'clock', text: '01:30' },
	{ style: 'clockSecond', text: '01:30:05' },
	{ style: 'day', text: '11月23日' }
])('shows an instant in the zone of the office as $style', ({ style, text }) => {
	expect(formatDate(lateEvening, style, shanghai, 'zh-CN')).toBe(text);
	expect(formatDate(lateEvening.toISOString(), style, shanghai, 'zh-CN')).toBe(text);
});

test('counts days across months and back', () => {
	expect(daysBetween('2026-11-23', '2026-12-01')).toBe(8);
	expect(daysBetween('2026-11-23', '2026-11-11')).toBe(-12);
});

test.each([
	{ value: 1284, text: '1284' },
	{ value: 12_846, text: '12,846' },
	{ value: -3, text: '−3' }
])('writes $value as $text', ({ value, text }) => {
	expect(formatNumber(value, { locale: 'zh-CN' })).toBe(text);
	expect(formatNumber(value, { locale: 'en' })).toBe(text);
});

test('shows the direction of a difference', () => {
	expect(formatNumber(3.4, { digits: 1, sign: true })).toBe('+3.4');
	expect(formatNumber(0, { sign: true })).toBe('0');
});

test('writes a share as a percentage', () => {
	expect(formatPercent(0.866)).toBe('86.6%');
	expect(formatPercent(1, { digits: 0 })).toBe('100%');
});
