import { sql } from 'drizzle-orm';
import { openRounds } from '#lib/server/courses/open-rounds.ts';
import { addressOf, aTry } from '../factories/checks.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { as } from '../factories/units.ts';
import { expectNoBarrier } from './barriers.ts';
import { expect, test, testNow } from './test.ts';

test('a course that is asked again says so, is studied again, and stands twice on the record', async ({
	page,
	ctx,
	signIn
}) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	await aCompletion(ctx, { person: learner, course, at: new Date('2025-06-01T02:00:00Z') });
	await openRounds(
		ctx,
		sql`select ${learner.id}::uuid as person_id, ${course.id}::uuid as course_id, ${testNow}::timestamptz as since`
	);

	await page.goto(`/courses/${course.slug}`);
	await expect(page.getByText('上一轮完成于')).toBeVisible();
	await expectNoBarrier(page);
	await page.goto(`/courses/${course.slug}/lesson-1/check`);
	await expect(page.getByText('本轮须重新通过')).toBeVisible();
	await expect(page.getByRole('button', { name: '开始测查' })).toBeVisible();
	await expectNoBarrier(page);

	await aTry(as(ctx, learner.id), addressOf(course));
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('测查已通过');
	await page.goto('/record');
	const rows = page.getByRole('row');
	await expect(rows.filter({ hasText: '第2轮' }).first()).toBeVisible();
	await expect(page.getByText('2025-06-01').first()).toBeVisible();
	await expectNoBarrier(page);
});
