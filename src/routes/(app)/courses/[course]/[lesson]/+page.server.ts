import { InPage } from '#lib/format/in-page.ts';
import { lessonNote, longestNote } from '#lib/schemas/courses.ts';
import { readLesson } from '#lib/server/courses/read-lesson.ts';
import { noteOf, saveNote } from '#lib/server/courses/save-note.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, isDataRequest }) => {
	const { note, html, ...lesson } = await readLesson(locals.ctx as SignedIn, params);
	const text = isDataRequest ? html : new InPage('lesson-text', html);
	return { reading: true, lesson, text, note: noteOf(note), longestNote, now: locals.ctx.now };
};

export const actions = {
	note: formAction(lessonNote, saveNote, (_, { url }) => `${url.pathname}#notes`)
} satisfies Actions;
