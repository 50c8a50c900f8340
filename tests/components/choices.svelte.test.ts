import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Choices from '#lib/components/ui/Choices.svelte';

const question = {
	legend: 'Question 1',
	name: 'answer',
	options: [
		{ value: 'A', letter: 'A', label: 'Two months' },
		{ value: 'B', letter: 'B', label: 'Three months' }
	]
};

test('takes one answer where one is asked', async () => {
	const onchoose = vi.fn();
	const screen = await render(Choices, { ...question, onchoose });
	await screen.getByText('Two months').click();
	await screen.getByText('Three months').click();
	expect(onchoose).toHaveBeenLastCalledWith(['B']);
});

test('takes several answers where several are asked', async () => {
	const onchoose = vi.fn();
	const screen = await render(Choices, { ...question, several: true, onchoose });
	await screen.getByText('Two months').click();
	await screen.getByText('Three months').click();
	expect(onchoose).toHaveBeenLastCalledWith(['A', 'B']);
});

test('takes an answer back', async () => {
	const onchoose = vi.fn();
	const screen = await render(Choices, { ...question, several: true, chosen: ['A'], onchoose });
	await screen.getByText('Two months').click();
	expect(onchoose).toHaveBeenLastCalledWith([]);
});
