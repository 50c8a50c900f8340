import { expect, test } from 'vitest';
import { withQuery } from '#lib/components/ui/with-query.ts';
import { render } from 'vitest-browser-svelte';
import { createRawSnippet } from 'svelte';
import SortHeader from '#lib/components/ui/SortHeader.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>Name</span>' }));
const header = (query: string, fallback?: string) =>
	render(SortHeader, { url: new URL(`http://localhost/manage/people${query}`), column: 'name', fallback, children });

test.each([
	{ query: '', href: '/manage/people?sort=name', order: null, because: 'nothing sorts yet' },
	{
		query: '?sort=name&q=chen',
		href: '/manage/people?sort=-name&q=chen',
		order: 'ascending',
		because: 'it turns round'
	},
	{ query: '?sort=-name', href: '/manage/people?sort=name', order: 'descending', because: 'it turns back' },
	{ query: '?after=x', href: '/manage/people?sort=name', order: null, because: 'sorting starts at the first page' }
])('leads from "$query" to "$href": $because', async ({ query, href, order }) => {
	const screen = await header(query);
	expect(screen.container.querySelector('a')?.getAttribute('href')).toBe(href);
	expect(screen.container.querySelector('th')?.getAttribute('aria-sort')).toBe(order);
});

test('knows the order of a page that nobody has sorted', async () => {
	const screen = await header('', 'name');
	expect(screen.container.querySelector('th')?.getAttribute('aria-sort')).toBe('ascending');
});

test('takes parameters away and keeps the others', () => {
	const url = new URL('http://localhost/manage/people?q=chen&unit=3&after=x');
	expect(withQuery(url, { unit: null, after: '' })).toBe('/manage/people?q=chen');
	expect(withQuery(new URL('http://localhost/a?b=1'), { b: null })).toBe('/a');
});
