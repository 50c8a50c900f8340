import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import DueStatus from '#lib/components/ui/DueStatus.svelte';

test.each([
	{ due: '2026-11-11', words: '逾期12天', look: 'status--late' },
	{ due: '2026-11-23', words: '今天截止', look: 'status--soon' },
	{ due: '2026-11-30', words: '还有7天', look: 'status--soon' },
	{ due: '2026-12-01', words: '还有8天', look: 'status--none' }
])('says on 23 November that $due is "$words"', async ({ due, words, look }) => {
	const screen = await render(DueStatus, { due, today: '2026-11-23' });
	const status = screen.container.querySelector('.status');
	expect(status).toHaveTextContent(words);
	expect(status).toHaveClass(look);
});
