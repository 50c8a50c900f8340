import * as v from 'valibot';
import { checkbox, text } from './fields.ts';

export const signIn = v.object({
	account: text(100),
	password: v.pipe(v.string('field.required'), v.nonEmpty('field.required'), v.maxLength(500, 'field.too-long')),
	remember: checkbox
});
