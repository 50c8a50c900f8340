import { expect, test } from 'vitest';
import { guardCell } from '#lib/server/platform/guard-cell.ts';

test.each([
	'=1+1',
	'=HYPERLINK("http://x","y")',
	"+cmd|' /C calc'!A0",
	'-2+3+cmd',
	'@SUM(A1)',
	'\t=1+1',
	'\r=1+1',
	'\n=1+1',
	'  =1+1',
	'＝1+1',
	'＋1+1',
	'－1+1',
	'＠SUM(A1)'
])('holds down %j', (text) => expect(guardCell(text)).toBe(`'${text}`));

test.each([
	'白景行',
	'阿依古丽·买买提',
	"O'Neill",
	'-3',
	'+86',
	'-12.5',
	'-4%',
	'-',
	'—',
	'一级主任科员',
	'2026-11-23',
	'100327',
	'人社发〔2026〕12号',
	'',
	'a=b',
	'3-1'
])('leaves %j alone', (text) => expect(guardCell(text)).toBe(text));

test('takes out what a file could not carry, and cuts what a cell could not hold', () => {
	expect(guardCell('白\u0000景\u001b行\ud800')).toBe('白景行\ufffd');
	expect(guardCell('长'.repeat(40_000))).toHaveLength(32_767);
	expect(guardCell('\u0000=1+1')).toBe("'=1+1");
});
