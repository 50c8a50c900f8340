import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Select from '#lib/components/ui/Select.svelte';
import TextInput from '#lib/components/ui/TextInput.svelte';

test('ties hint and error to the control', async () => {
	const screen = await render(TextInput, {
		label: 'Reason',
		name: 'reason',
		hint: 'The person reads it.',
		error: 'Say why.'
	});
	const control = screen.getByLabelText('Reason');
	await expect.element(control).toHaveAccessibleDescription('The person reads it. Say why.');
	await expect.element(control).toHaveAttribute('aria-invalid', 'true');
});

test('shows what was typed when an error comes back', async () => {
	const screen = await render(TextInput, { label: 'Reason', name: 'reason', value: 'On', error: 'Too short.' });
	await expect.element(screen.getByLabelText('Reason')).toHaveValue('On');
});

const options = [
	{ value: 'late', label: 'Overdue', group: 'Open' },
	{ value: 'done', label: 'Completed', group: 'Closed' }
];

test('starts a select at its empty line', async () => {
	const screen = await render(Select, { label: 'State', name: 'state', empty: 'Any', options });
	await expect.element(screen.getByLabelText('State')).toHaveValue('');
});

test('shows the value that a select was given', async () => {
	const screen = await render(Select, { label: 'State', name: 'state', empty: 'Any', options, value: 'done' });
	await expect.element(screen.getByLabelText('State')).toHaveValue('done');
});

test('groups the lines of a select', async () => {
	const screen = await render(Select, { label: 'State', name: 'state', options });
	expect(screen.container.querySelector('optgroup[label="Closed"]')).toHaveTextContent('Completed');
});
