import { expect, test } from 'vitest';
import { readEnv } from '#lib/server/platform/env.ts';

test('says nothing and gets what usually holds', () => {
	expect(readEnv({})).toMatchObject({
		HOST: '127.0.0.1',
		PORT: 3000,
		DATABASE_URL: undefined,
		MINGFA_DEMO: 'on',
		MINGFA_TIMEZONE: 'Asia/Shanghai',
		MINGFA_TRUSTED_PROXIES: []
	});
});

test('takes an empty variable for none', () => {
	expect(readEnv({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ PORT: 3000, DATABASE_URL: undefined });
});

test('reads lists of addresses', () => {
	expect(readEnv({ MINGFA_TRUSTED_PROXIES: '10.0.0.0/8, ::1 192.0.2.7' }).MINGFA_TRUSTED_PROXIES).toEqual([
		'10.0.0.0/8',
		'::1',
		'192.0.2.7'
	]);
});

test.each([
	{ variable: { PORT: '70000' }, says: 'PORT="70000" is above 65535.' },
	{ variable: { PORT: '-1' }, says: 'PORT="-1" is no whole number from 0 to 65535.' },
	{ variable: { ORIGIN: 'https://law.example/path' }, says: 'is no origin' },
	{ variable: { DATABASE_URL: 'mysql://root@host/x' }, says: 'is no PostgreSQL address' },
	{ variable: { MINGFA_DEMO: 'yes' }, says: 'MINGFA_DEMO="yes" says neither on nor off.' },
	{ variable: { MINGFA_TIMEZONE: 'Peking' }, says: 'is no time zone' },
	{ variable: { MINGFA_TRUSTED_PROXIES: '10.0.0.0/33' }, says: 'is no list of addresses' },
	{ variable: { MINGFA_SMTP_URL: 'smtp://mail.example' }, says: 'MINGFA_SMTP_URL needs ORIGIN' },
	{ variable: { MINGFA_TIMEZON: 'Asia/Shanghai' }, says: 'MINGFA_TIMEZON is no setting of Mingfa' }
])('refuses $variable', ({ variable, says }) => {
	expect(() => readEnv(variable as unknown as Record<string, string>)).toThrow(says);
});

test('keeps a password out of the sentence', () => {
	expect(() => readEnv({ DATABASE_URL: 'http://mingfa:pa55word@host/x' })).toThrow(/^(?!.*pa55word)/);
});
