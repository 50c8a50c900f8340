import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Dialog from '#lib/components/ui/Dialog.svelte';

const words = (html: string) => createRawSnippet(() => ({ render: () => html }));

const withdrawal = {
	title: 'Withdraw the assignment',
	back: '/manage/assignments/1',
	backLabel: 'Keep it',
	children: words('<p>268 people are affected.</p>'),
	actions: words('<button>Withdraw it from 268 people</button>')
};

test('is modal and named by its act', async () => {
	const screen = await render(Dialog, withdrawal);
	const dialog = screen.getByRole('dialog', { name: 'Withdraw the assignment' });
	await expect.element(dialog).toBeVisible();
	expect(dialog.element().matches(':modal')).toBe(true);
});

test('offers the safe way first, as a real link', async () => {
	const screen = await render(Dialog, withdrawal);
	const safe = screen.getByRole('link', { name: 'Keep it' });
	await expect.element(safe).toHaveAttribute('href', '/manage/assignments/1');
	await expect.element(safe).toHaveFocus();
});
