import * as v from 'valibot';
import { checkbox, id, text } from './fields.ts';

export const signIn = v.object({
	account: text(100),
	password: v.pipe(v.string('field.required'), v.nonEmpty('field.required'), v.maxLength(500, 'field.too-long')),
	remember: checkbox
});

/** As typed: only its length is bounded here, what makes a good one is decided where it is stored. */
const newPassword = v.pipe(
	v.string('field.required'),
	v.nonEmpty('field.required'),
	v.maxLength(1_000, 'field.too-long')
);

const secret = v.pipe(v.string('field.required'), v.nonEmpty('field.required'), v.maxLength(100, 'field.too-long'));

const isRepeated = ({ password, passwordAgain }: { password: string; passwordAgain: string }) =>
	password === passwordAgain;

export const setPasswordByLink = v.pipe(
	v.object({ secret, password: newPassword, passwordAgain: newPassword }),
	v.forward(v.partialCheck([['password'], ['passwordAgain']], isRepeated, 'field.not-the-same'), ['passwordAgain'])
);

export const changePassword = v.pipe(
	v.object({ currentPassword: newPassword, password: newPassword, passwordAgain: newPassword }),
	v.forward(v.partialCheck([['password'], ['passwordAgain']], isRepeated, 'field.not-the-same'), ['passwordAgain'])
);

export const endSession = v.object({
	key: v.pipe(v.string('field.required'), v.regex(/^[0-9a-f]{64}$/, 'field.invalid'))
});

export const requestLink = v.object({ account: text(100) });

export const issueSlips = v.object({
	personIds: v.pipe(v.array(id), v.minLength(1, 'field.required'), v.maxLength(2_000, 'field.too-many'))
});

export const endOtherSessions = v.object({});
