import { expect, test } from 'vitest';
import { passwordProblem } from '#lib/server/sessions/password-rule.ts';

const holder = { name: '白景行', staffNumber: '100118', username: 'baijingxing' };

test.each([
	{ password: '三更灯火五更鸡正是读书时', because: 'Chinese counts by character' },
	{ password: 'correct horse battery', because: 'words in a row' },
	{ password: 'xkqv tjdw m', because: 'no kinds of characters are asked for' },
	{ password: `${'长文'.repeat(20)}一二三四五六七八`, because: 'long' }
])('takes $password: $because', ({ password }) => {
	expect(passwordProblem(password, holder)).toBeUndefined();
});

test.each([
	{ password: 'ninechars', problem: 'password.too-short' },
	{ password: '静夜思静夜思静夜思', problem: 'password.too-short' },
	{ password: 'x1y2'.repeat(51), problem: 'password.too-long' },
	{ password: 'BaiJingXing', problem: 'password.names-holder' },
	{ password: 'baijingxing1', problem: 'password.names-holder' },
	{ password: 'ｂａｉｊｉｎｇｘｉｎｇ', problem: 'password.names-holder' },
	{ password: '100118100118', problem: 'password.names-holder' },
	{ password: '白景行白景行白景行白景行', problem: 'password.names-holder' },
	{ password: '1234567890', problem: 'password.too-common' },
	{ password: 'zyxwvutsrqp', problem: 'password.too-common' },
	{ password: 'aaaaaaaaaaaa', problem: 'password.too-common' },
	{ password: 'abababababab', problem: 'password.too-common' },
	{ password: 'Password123', problem: 'password.too-common' },
	{ password: 'woaini1314', problem: 'password.too-common' }
])('refuses $password: $problem', ({ password, problem }) => {
	expect(passwordProblem(password, holder)).toBe(problem);
});
