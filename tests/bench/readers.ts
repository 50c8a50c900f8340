import { sql } from 'drizzle-orm';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { hashPassword } from '#lib/server/sessions/password.ts';
import { thePassword } from '../factories/accounts.ts';
import { answersTo } from '../factories/checks.ts';
import type { Answered, Wanted } from './drive.ts';

type Client = (wanted: Wanted) => Promise<Answered>;

/** Somebody who has signed in over HTTP, reads a lesson and has its check open. */
export interface Reader {
	account: string;
	cookie: string;
	lesson: string;
	/** Requests that answer the questions of the open check, one each. */
	answers: Wanted[];
}

/** People of the demo province who may sign in from now on. */
export async function openReaders(ctx: Context, client: Client, count: number): Promise<Reader[]> {
	const hash = await hashPassword(thePassword);
	const { rows: lessons } = await ctx.db.execute<{ course: string; lesson: string }>(sql`
		select c.slug as course, l.slug as lesson from lessons l join courses c on c.id = l.course_id order by c.position, c.slug, l.position desc`);
	const { course, lesson } = lessons[0]!;
	const { rows: people } = await ctx.db.execute<{ id: string; account: string }>(sql`
		select p.id, p.staff_number::text as account from people p join accounts a on a.person_id = p.id
		where p.status = 'active' and a.username is null and not exists (
			select 1 from mastery_checks k join lessons l on l.id = k.lesson_id where k.person_id = p.id and l.slug = ${lesson})
		order by p.staff_number limit ${count}`);
	const ids = JSON.stringify(people.map(({ id }) => id));
	await ctx.db.execute(sql`
		update accounts set password_hash = ${hash}, password_changed_at = now()
		where person_id in (select value::uuid from json_array_elements_text(${ids}::json))`);

	const readers: Reader[] = [];
	for (const { id, account } of people) {
		const acting: SignedIn = { ...ctx, actor: { personId: id, unitPath: null, grants: [] } };
		const checkId = await beginCheck(acting, { course, lesson });
		const cookie = await signIn(client, account, thePassword);
		const path = `/courses/${course}/${lesson}`;
		const answers = (await answersTo(acting, checkId)).map(({ position, answer }): Wanted => ({
			method: 'PUT',
			path: `${path}/check/answers/${position}`,
			headers: { cookie, 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({ checkId, answer })
		}));
		readers.push({ account, cookie, lesson: path, answers });
	}
	return readers;
}

/** The request of the sign-in form. */
export const signInForm = (account: string, password: string): Wanted => ({
	method: 'POST',
	path: '/sign-in',
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: new URLSearchParams({ account, password }).toString(),
	status: 303
});

/** Signs in by the form and gives the cookie. */
export async function signIn(client: Client, account: string, password: string): Promise<string> {
	const { headers } = await client(signInForm(account, password));
	const cookie = headers['set-cookie']?.map((each) => each.split(';')[0]).join('; ');
	if (!cookie) throw new Error(`${account} got no session.`);
	return cookie;
}
