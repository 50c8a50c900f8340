import { json } from '@sveltejs/kit';
import { lessonNote } from '#lib/schemas/courses.ts';
import { getNote, saveNote } from '#lib/server/courses/save-note.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { jsonInput } from '#lib/server/web/json-input.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => json(await getNote(locals.ctx as SignedIn, params));

export const PUT: RequestHandler = async (event) => {
	const { savedAt, seen } = await saveNote(event.locals.ctx as SignedIn, await jsonInput(event, lessonNote));
	return json({ savedAt, seen });
};
