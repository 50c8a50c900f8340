import { expect, test } from 'vitest';
import { deviceOf } from '#lib/server/sessions/device-of.ts';

test.each([
	{
		says: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
		is: ['Chrome', 'Windows']
	},
	{
		says: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
		is: ['Edge', 'Windows']
	},
	{ says: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', is: ['Firefox', 'Linux'] },
	{
		says: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
		is: ['Safari', 'iOS']
	},
	{ says: 'curl/8.5.0', is: [null, null] },
	{ says: '', is: [null, null] }
])('reads $is', ({ says, is: [browser, system] }) => {
	expect(deviceOf(says)).toEqual({ browser, system });
});
