import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import SideNavigation from '#lib/components/shell/SideNavigation.svelte';
import '../../src/app.css';

const learner = { name: 'Chen', unitName: null, abilities: [], todo: 3 };

test('shows a learner nothing of the administration', async () => {
	const screen = await render(SideNavigation, { viewer: learner, pathname: '/today' });
	expect(hrefs(screen.container)).toEqual([
		'/today',
		'/courses',
		'/practice',
		'/exams',
		'/events',
		'/record',
		'/statutes',
		'/preferences'
	]);
});

test('shows what the abilities open, and no empty group', async () => {
	const viewer = { ...learner, abilities: ['people:view', 'audit:view'] };
	const screen = await render(SideNavigation, { viewer, pathname: '/today' });
	expect(hrefs(screen.container)).toContain('/manage/people');
	expect(hrefs(screen.container)).toContain('/admin/audit');
	expect(screen.container.querySelectorAll('h2')).toHaveLength(2);
});

test('marks the current place, and the place above a page within', async () => {
	const screen = await render(SideNavigation, { viewer: learner, pathname: '/courses/labour-contract' });
	const current = screen.container.querySelector('[aria-current]');
	expect(current?.getAttribute('href')).toBe('/courses');
});

test('says how many things are left', async () => {
	const screen = await render(SideNavigation, { viewer: learner, pathname: '/courses' });
	expect(screen.container.querySelector('a[href="/today"]')).toMatchTextContent(/3项待办$/);
});

function hrefs(container: Element) {
	return [...container.querySelectorAll('a')].map((link) => link.getAttribute('href'));
}
