import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import BarChart from '#lib/components/ui/BarChart.svelte';

const bars = [
	{ label: 'Qinghe', value: 90, before: 80 },
	{ label: 'Anlan', value: 45, before: 60, short: true }
];

test('draws bars from zero on one scale', async () => {
	const screen = await render(BarChart, { finding: 'One city falls short', bars, max: 90 });
	const widths = [...screen.container.querySelectorAll('.bar-chart .bar')].map((bar) => bar.getAttribute('width'));
	expect(widths).toEqual(['100%', '50%']);
});

test('says in words what falls short', async () => {
	const screen = await render(BarChart, { finding: 'One city falls short', bars, max: 100 });
	expect(screen.container.querySelector('.bar-value--short')).toHaveTextContent('45 偏低');
});

test('has the same figures as a table', async () => {
	const screen = await render(BarChart, { finding: 'One city falls short', bars, max: 100 });
	const cells = [...screen.container.querySelectorAll('tbody tr')].map((row) =>
		[...row.children].map((cell) => cell.textContent)
	);
	expect(cells).toEqual([
		['Qinghe', '90', '80'],
		['Anlan', '45', '60']
	]);
});

test('draws nothing absurd where everything is zero', async () => {
	const screen = await render(BarChart, { finding: 'Nothing yet', bars: [{ label: 'Qinghe', value: 0 }] });
	expect(screen.container.querySelector('.bar-chart .bar')?.getAttribute('width')).toBe('0%');
});
