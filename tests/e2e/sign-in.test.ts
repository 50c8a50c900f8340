import { expect, test } from './test.ts';

test('signs a person in and shows what is theirs', async ({ page, signIn }) => {
	const person = await signIn(page, 'hr');
	await page.goto('/preferences');
	await expect(page.getByRole('banner')).toContainText(person.name);
});
