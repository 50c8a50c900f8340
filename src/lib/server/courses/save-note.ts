import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { lessonNotes } from '#db/schema/courses.ts';
import type * as schemas from '#lib/schemas/courses.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { getLessonId } from './queries.ts';

/** Notes as they are kept. `seen` is their mark: whoever saves says which notes they have before them. */
export interface Note {
	body: string;
	savedAt: Date | null;
	seen: string;
}

/** The notes of a row, or of none. */
export const noteOf = (row: { body: string | null; updatedAt: Date | null } | null | undefined): Note => {
	const body = row?.body ?? '';
	return { body, savedAt: row?.updatedAt ?? null, seen: digest(body) };
};

/** The actor's own notes on a lesson. @throws not-found lesson.not-found */
export async function getNote(ctx: SignedIn, address: { course: string; lesson: string }): Promise<Note> {
	const lesson = await getLessonId(ctx, address);
	const [row] = await ctx.db.select().from(lessonNotes).where(own(ctx, lesson.id));
	return noteOf(row);
}

/**
 * Saves the actor's own notes on a lesson. Writes no line of audit. What another tab has saved meanwhile is not
 * overwritten unseen. @throws conflict note.changed-elsewhere, not-found lesson.not-found
 */
export function saveNote(
	ctx: SignedIn,
	{ body, seen, ...address }: v.InferOutput<typeof schemas.lessonNote>
): Promise<Note> {
	return atomically(ctx, async (ctx) => {
		const lesson = await getLessonId(ctx, address);
		const { personId } = ctx.actor;
		// The row is there before it is taken, so that of two first savings one waits for the other.
		await ctx.db
			.insert(lessonNotes)
			.values({ personId, lessonId: lesson.id, body: '', updatedAt: ctx.now })
			.onConflictDoNothing();
		const [before] = await ctx.db.select().from(lessonNotes).where(own(ctx, lesson.id)).for('update');

		const current = noteOf(before);
		if (current.seen !== seen && current.body !== body) throw conflict('note.changed-elsewhere', { field: 'body' });
		await ctx.db.update(lessonNotes).set({ body, updatedAt: ctx.now }).where(own(ctx, lesson.id));
		return noteOf({ body, updatedAt: ctx.now });
	});
}

const own = ({ actor }: SignedIn, lessonId: string) =>
	and(eq(lessonNotes.personId, actor.personId), eq(lessonNotes.lessonId, lessonId));
