import type { Page } from '@playwright/test';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { beginRound } from '#lib/server/practice/begin-round.ts';
import { keepAnswers } from '#lib/server/practice/keep-answers.ts';
import { drawParameters } from '#lib/server/questions/parameters.ts';
import { wrongAnswer } from '../factories/answers.ts';
import { aLessonCompletion, aCourse, type Course } from '../factories/courses.ts';
import { aPerson, type Person } from '../factories/people.ts';
import { aRound, roundOf } from '../factories/practice.ts';
import { aSingle } from '../factories/questions.ts';
import { as } from '../factories/units.ts';
import { expectReadable } from './barriers.ts';
import { expect, test, testNow } from './test.ts';

const daysBefore = (ctx: SignedIn, days: number): SignedIn => ({
	...ctx,
	now: new Date(testNow.getTime() - days * 86_400_000)
});

/** A course of one lesson, passed, with three questions of one choice, each on an article of its own. */
async function aPassedCourse(ctx: Context, person: Person): Promise<Course> {
	const course = await aCourse(ctx, {
		lessons: 1,
		draw: 3,
		pass: 3,
		pool: (_, articles) =>
			[0, 1, 2].map((index) =>
				aSingle({
					id: `p-${articles[index]!.id.slice(-12)}`,
					stem: `第${index + 1}问：关系从哪天起？`,
					articles: [`${articles[index]!.statute}/${articles[index]!.number}`],
					explanation: '从用工之日起。'
				})
			)
	});
	await aLessonCompletion(ctx, { person, lesson: course.lessons[0]! });
	return course;
}

async function choose(page: Page, answer: GivenAnswer) {
	if (!('chosen' in answer)) throw new Error('a question of one choice was expected');
	await page.locator(`input[value="${answer.chosen[0]}"]`).check();
}

const roundOn = (page: Page) => new URL(page.url()).searchParams.get('round')!;

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
		test.use({ javaScriptEnabled });

		test('a learner practises a law, question by question, and finds what was wrong in the book', async ({
			page,
			ctx,
			signIn
		}) => {
			const learner = await signIn(page, 'learner');
			const course = await aPassedCourse(ctx, learner);
			await page.goto('/practice');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('今天没有要复习的题');
			await page.getByRole('button', { name: '练习示例用工管理法' }).click();
			await expect(page.getByText('第1题，共3题')).toBeVisible();
			const asked = await roundOf(as(ctx, learner.id), roundOn(page));

			// nothing chosen: nothing happens to the question
			await page.getByRole('button', { name: '看结果' }).click();
			await expect(page.getByText('还没有作答')).toBeVisible();
			await expect(page.getByText('从用工之日起。')).toHaveCount(0);

			await choose(page, asked[0]!.wrong);
			await page.getByRole('button', { name: '看结果' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('答错');
			await expect(page.getByText('从用工之日起。')).toBeVisible();
			await expect(page.locator('.review__rests a')).toHaveAttribute('href', new RegExp(`/${course.statute.slug}/`));
			await page.getByRole('link', { name: '下一题' }).click();

			await choose(page, asked[1]!.right);
			await page.getByRole('button', { name: '看结果' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('答对');
			await page.getByRole('link', { name: '下一题' }).click();
			await page.getByRole('button', { name: '不知道' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有作答');
			await page.getByRole('link', { name: '看小结' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('答了3题，答对1题');
			await expect(page.locator('.reread > li')).toHaveCount(2);

			await page.goto('/practice/wrong');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('错题本里有2题');
			await page.getByRole('button', { name: '移出错题本' }).first().click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('错题本里有1题');
			await expect(page.getByText('已移出错题本，不再复习')).toBeVisible();
			await page.getByRole('link', { name: /已移出\s*1/ }).click();
			await page.getByRole('button', { name: '放回错题本' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('错题本里有2题');

			await page.goto('/practice/mastery');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('你答过3条的题');
			await expect(page.getByText('1次答对0次').first()).toBeVisible();
		});

		test('what is due is announced on Today and reviewed until nothing is left', async ({ page, ctx, signIn }) => {
			const learner = await signIn(page, 'learner');
			const course = await aPassedCourse(ctx, learner);
			const own = as(ctx, learner.id);
			await aRound(daysBefore(own, 9), `law/${course.statute.slug}`, { wrong: 3 });

			await page.goto('/today');
			await page.getByRole('link', { name: '3题要复习' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('今天有3题要复习');
			await page.getByRole('button', { name: '开始复习' }).click();
			await expect(page.getByText('第1题，共3题')).toBeVisible();
			await page.getByRole('button', { name: '不知道' }).click();
			await expect(page.getByRole('link', { name: '下一题' })).toBeVisible();
			await page.getByRole('link', { name: '到此为止' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('答了1题，答对0题');
			await page.getByRole('link', { name: '接着答第2题' }).click();
			const asked = await roundOf(own, roundOn(page));
			for (const each of asked.slice(1)) {
				await choose(page, each.right);
				await page.getByRole('button', { name: '看结果' }).click();
				await page.getByRole('link', { name: /下一题|看小结/ }).click();
			}
			await page.getByRole('link', { name: '回到练习' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('今天没有要复习的题');
		});
	});
}

test('whoever opens a round of somebody else finds nothing', async ({ page, ctx, signIn }) => {
	await signIn(page, 'learner');
	const other = await aPerson(ctx);
	const course = await aPassedCourse(ctx, other);
	const roundId = await beginRound(as(ctx, other.id), { about: `law/${course.statute.slug}` });
	const response = await page.goto(`/practice/session?round=${roundId}`);
	expect(response!.status()).toBe(404);
});

/** The pages in a state worth looking at, by name. */
const views: Record<string, (own: SignedIn, course: Course) => Promise<string>> = {
	practice: async () => '/practice',
	asking: async (own, course) =>
		`/practice/session?round=${await beginRound(own, { about: `law/${course.statute.slug}` })}`,
	answered: async (own, course) =>
		`/practice/session?round=${await aRound(own, `law/${course.statute.slug}`, { wrong: 1 })}&at=1`,
	over: async (own, course) =>
		`/practice/session?round=${await aRound(own, `law/${course.statute.slug}`, { wrong: 2 })}`,
	wrong: async () => '/practice/wrong',
	mastery: async () => '/practice/mastery',
	today: async () => '/today'
};

for (const [name, make] of Object.entries(views)) {
	test(`the page ${name} has no barriers, in both languages and themes, wide and narrow`, async ({
		page,
		ctx,
		signIn
	}) => {
		const learner = await signIn(page, 'learner');
		const own = as(ctx, learner.id);
		const course = await aCourse(ctx, { lessons: 1 });
		await aLessonCompletion(ctx, { person: learner, lesson: course.lessons[0]! });
		await keepAnswers(
			ctx,
			course.lessons[0]!.questions.map(({ id, versionId, content }, index) => ({
				personId: learner.id,
				questionId: id,
				questionVersionId: versionId,
				source: index % 2 ? ('check' as const) : ('practice' as const),
				parameters: content.kind === 'numeric' ? drawParameters(content.parameters, id) : null,
				response: wrongAnswer(content),
				correct: index % 3 > 0,
				at: daysBefore(own, 30 - index).now
			}))
		);
		const path = await make(own, course);
		await expectReadable(page, async () => {
			expect((await page.goto(path))!.status()).toBe(200);
			await page
				.locator('main details')
				.evaluateAll((folded) => folded.forEach((each) => each.setAttribute('open', '')));
		});
	});
}
