import { expect, test } from 'vitest';
import { cleanName } from '#lib/server/platform/files/clean-name.ts';

test.each([
	['结业证书.pdf', '结业证书.pdf'],
	['C:\\fakepath\\证明.PDF', '证明.pdf'],
	['../../etc/passwd', 'passwd.pdf'],
	['fdp.\u202egnp.pdf', 'fdp. gnp.pdf'],
	['证明.pdf.exe', '证明.pdf.exe.pdf'],
	['a\r\nset-cookie: b=1.pdf', 'a set-cookie b=1.pdf'],
	['CON.pdf', '_CON.pdf'],
	['.pdf', 'file.pdf'],
	['', 'file.pdf'],
	['…'.repeat(300), `${'…'.repeat(120)}.pdf`]
])('calls %j %j', (name, clean) => {
	expect(cleanName(name, 'pdf')).toBe(clean);
});

test('takes every ending of a JPEG', () => {
	expect(cleanName('现场.JPEG', 'jpg')).toBe('现场.jpg');
});
