import type { APIRequestContext } from '@playwright/test';
import { and, eq } from 'drizzle-orm';
import { courseCompletions, masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { listPinnedQuestions } from '#lib/server/courses/check-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { numericValues } from '#lib/server/questions/numeric-values.ts';
import { addressOf, answerAll, answersTo } from '../factories/checks.ts';
import { aCourse, type Course } from '../factories/courses.ts';
import type { Person } from '../factories/people.ts';
import { as } from '../factories/units.ts';
import { expect, test } from './test.ts';

const pathOf = (course: Course) => `/courses/${course.slug}/${course.lessons[0]!.slug}/check`;
const origin = () => process.env.E2E_URL!;

/** What somebody sends who does not use our page. */
function by(request: APIRequestContext, course: Course) {
	const headers = { origin: origin() };
	return {
		act: (action: string, form: Record<string, string>) =>
			request.post(`${pathOf(course)}?/${action}`, {
				form,
				headers: { ...headers, accept: 'text/html' },
				maxRedirects: 0
			}),
		put: (position: number | string, data: unknown) =>
			request.put(`${pathOf(course)}/answers/${position}`, { data, headers }),
		get: (suffix = '') => request.get(`${pathOf(course)}${suffix}`, { maxRedirects: 0 })
	};
}
const tryOf = async (ctx: Context, person: Person) =>
	(await ctx.db.select().from(masteryChecks).where(eq(masteryChecks.personId, person.id)))[0];

/** Everything that the questions of a try hold and that nobody may read before they have passed. */
async function secretsOf(ctx: Context, checkId: string): Promise<string[]> {
	const questions = await listPinnedQuestions(ctx, checkId);
	const whys = [...JSON.stringify(questions.map(({ content }) => content)).matchAll(/"why":"(.*?)"/g)].map(
		(match) => match[1]!
	);
	const given = questions.flatMap(({ parameters }) => Object.values(parameters ?? {}).map(String));
	const answers = questions
		.flatMap(({ content, parameters }) =>
			content.kind === 'numeric' ? [numericValues(content, parameters ?? {}).answer!] : []
		)
		.filter((answer) => !given.includes(answer));
	const codes = questions.map(({ content }) => content.id);
	return [
		...whys,
		...answers,
		...codes,
		'为什么对',
		'前一日',
		'explanation',
		'optionOrder',
		'parameters',
		'formula',
		'"key"',
		'"why"',
		'"counted"'
	];
}

/** Whether a text says a secret; a number by itself, not as a part of an id, a nonce or a hash. */
function says(text: string, secret: string): boolean {
	return /^[\d.]+$/.test(secret)
		? new RegExp(`(?<![\\w-])${RegExp.escape(secret)}(?![\\w-])`).test(text)
		: text.includes(secret);
}

test('no response before passing holds a key, a reason, an explanation or the stated order', async ({
	page,
	ctx,
	signIn
}) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1, draw: 12, pass: 12 })];
	const { act, put, get } = by(page.request, course);
	const said: string[] = [await (await get()).text(), await (await get('/__data.json')).text()];

	await act('begin', {});
	const { id: checkId } = (await tryOf(ctx, learner))!;
	const person = as(ctx, learner.id);
	const wrong = await answersTo(person, checkId, { wrong: 12 });
	for (const { position, answer: right } of await answersTo(person, checkId)) {
		// What is typed comes back to whoever typed it, so nothing right is typed here.
		const answer = 'blanks' in right || 'number' in right ? wrong[position - 1]!.answer : right;
		said.push(await (await get(`?at=${position}`)).text(), await (await get(`/__data.json?at=${position}`)).text());
		said.push(await (await put(position, { checkId, answer })).text());
		said.push(await (await put(position, { checkId, answer: { kind: 'single', chosen: ['F'] } })).text());
		said.push(await (await get(`?at=${position}`)).text());
	}
	said.push(await (await get('?at=hand-in')).text());
	const action = await page.request.post(`${pathOf(course)}?/submit`, {
		form: { checkId, unanswered: '0' },
		headers: { origin: origin(), 'x-sveltekit-action': 'true', accept: 'application/json' }
	});
	said.push(await action.text(), await (await get()).text(), await (await get('/__data.json')).text());

	expect(await tryOf(ctx, learner)).toMatchObject({ status: 'failed', correct: 9 });
	const secrets = await secretsOf(ctx, checkId);
	expect(secrets.length).toBeGreaterThan(30);
	expect(secrets.filter((secret) => said.some((text) => says(text, secret)))).toEqual([]);
});

test('what to reread is the same, whichever answers were wrong', async ({ page, ctx, signIn, browser }) => {
	const course = await aCourse(ctx, { lessons: 1, draw: 12, pass: 12 });
	const pages = [];
	for (const wrong of [1, 5, 12]) {
		const context = await browser.newContext({
			baseURL: origin(),
			extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() }
		});
		const person = as(ctx, (await signIn(context, 'learner')).id);
		const checkId = await beginCheck(person, addressOf(course));
		await answerAll(person, checkId, { wrong });
		await by(context.request, course).act('submit', { checkId, unanswered: '0' });
		await page.setContent(await (await by(context.request, course).get()).text());
		pages.push(await page.locator('.reread').innerText());
		await context.close();
	}
	expect(new Set(pages).size).toBe(1);
});

test('forged positions, options and shapes are refused, and nothing is kept of them', async ({ page, ctx, signIn }) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	const { put } = by(page.request, course);
	const checkId = await beginCheck(as(ctx, learner.id), addressOf(course));
	const { answer } = (await answersTo(as(ctx, learner.id), checkId))[0]!;

	const forged: [number | string, unknown][] = [
		[0, { checkId, answer }],
		[7, { checkId, answer }],
		['1e0', { checkId, answer }],
		[-1, { checkId, answer }],
		[1, { checkId, answer: { ...answer, parameters: { wage: 3000, months: 3 } } }],
		[1, { checkId, answer, parameters: { wage: 3000, months: 3 } }],
		[1, { checkId, answer, correct: true }],
		[1, { checkId, answer: { kind: 'multiple', chosen: ['A', 'B', 'C', 'D', 'E', 'F'] } }],
		[1, { checkId, answer: { kind: 'case', chosen: ['A'] } }],
		[1, { checkId: "' or true --", answer }],
		[1, { answer }],
		[1, [answer]],
		[1, 'answer']
	];
	for (const [position, body] of forged) {
		const response = await put(position, body);
		expect(response.status(), JSON.stringify([position, body])).toBe(400);
	}
	const kept = await ctx.db.select().from(masteryCheckQuestions).where(eq(masteryCheckQuestions.checkId, checkId));
	expect(kept.filter(({ response, correct }) => response !== null || correct !== null)).toEqual([]);
});

test('the try of somebody else can be neither answered nor handed in', async ({ page, ctx, signIn }) => {
	const course = await aCourse(ctx, { lessons: 1 });
	const victim = await signIn(page, 'learner');
	const checkId = await beginCheck(as(ctx, victim.id), addressOf(course));
	await signIn(page, 'learner');
	const { act, put } = by(page.request, course);

	expect((await put(1, { checkId, answer: { kind: 'single', chosen: ['A'] } })).status()).toBe(404);
	expect((await act('answer', { checkId, position: '1', kind: 'single', 'chosen[]': 'A', to: '2' })).status()).toBe(
		404
	);
	expect((await act('submit', { checkId, unanswered: '6' })).status()).toBe(404);
	expect(await tryOf(ctx, victim)).toMatchObject({ status: 'open' });
});

test('handing in again and again completes and grants once, and answers after it are refused', async ({
	page,
	ctx,
	signIn
}) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	const { act, put } = by(page.request, course);
	const person = as(ctx, learner.id);
	const checkId = await beginCheck(person, addressOf(course));
	await answerAll(person, checkId);

	const responses = await Promise.all(Array.from({ length: 6 }, () => act('submit', { checkId, unanswered: '0' })));
	expect(responses.map((response) => response.status())).toEqual([303, 303, 303, 303, 303, 303]);
	const own = and(eq(courseCompletions.personId, learner.id), eq(courseCompletions.courseId, course.id));
	expect(await ctx.db.select().from(courseCompletions).where(own)).toHaveLength(1);
	expect(await ctx.db.select().from(hourEntries).where(eq(hourEntries.personId, learner.id))).toHaveLength(1);

	const [answer] = await answersTo(person, checkId);
	expect((await put(1, { checkId, answer: answer!.answer })).status()).toBe(409);
	expect((await act('begin', {})).status()).toBe(409);
});

test('tabs that begin at once are one try', async ({ page, ctx, signIn }) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	await Promise.all(
		Array.from({ length: 6 }, () => by(page.request, course).act('begin', { seed: '1', 'parameters[]': '1' }))
	);
	expect(await ctx.db.select().from(masteryChecks).where(eq(masteryChecks.personId, learner.id))).toHaveLength(1);
});

test('nobody answers from another site, or without signing in', async ({ page, ctx, signIn, playwright }) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	const checkId = await beginCheck(as(ctx, learner.id), addressOf(course));
	const data = { checkId, answer: { kind: 'single', chosen: ['A'] } };
	const url = `${pathOf(course)}/answers/1`;
	expect((await page.request.put(url, { data, headers: { origin: 'https://elsewhere.example' } })).status()).toBe(403);

	const stranger = await playwright.request.newContext({ baseURL: origin() });
	expect((await stranger.put(url, { data, headers: { origin: origin(), accept: 'application/json' } })).status()).toBe(
		401
	);
	await stranger.dispose();
});
