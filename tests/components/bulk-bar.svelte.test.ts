import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import BulkList from './bulk-list.svelte';

const list = () => render(BulkList, { names: ['Chen', 'Lin', 'Luo'] });

test('stays away until a row is chosen', async () => {
	const screen = await list();
	await expect.element(screen.getByText('Assign')).not.toBeVisible();

	await screen.getByRole('checkbox', { name: 'Lin' }).click();
	await expect.element(screen.getByText('Assign')).toBeVisible();
});

test('states how many rows are chosen', async () => {
	const screen = await list();
	await screen.getByRole('checkbox', { name: 'Chen' }).click();
	await screen.getByRole('checkbox', { name: 'Luo' }).click();
	await expect.element(screen.getByRole('region')).toMatchTextContent(/^已选2项/);
});

test('chooses and clears the whole page', async () => {
	const screen = await list();
	await screen.getByRole('checkbox', { name: 'All' }).click();
	await expect.element(screen.getByRole('region')).toMatchTextContent(/^已选3项/);

	await screen.getByRole('button', { name: '取消' }).click();
	await expect.element(screen.getByText('Assign')).not.toBeVisible();
});

test('marks the box over the rows as mixed when only some are chosen', async () => {
	const screen = await list();
	await screen.getByRole('checkbox', { name: 'Lin' }).click();
	await expect.element(screen.getByRole('checkbox', { name: 'All' })).toBePartiallyChecked();
});
