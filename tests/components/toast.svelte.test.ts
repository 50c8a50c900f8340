import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Toast from '#lib/components/ui/Toast.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = { text: 'Assigned to 268 people', href: '/manage/assignments', label: 'Undo' };

test('leaves after eight seconds', async () => {
	const onleave = vi.fn();
	await render(Toast, { message, onleave });
	vi.advanceTimersByTime(7999);
	expect(onleave).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(onleave).toHaveBeenCalledOnce();
});

test('stays while its link is focused', async () => {
	const onleave = vi.fn();
	const screen = await render(Toast, { message, onleave });
	(screen.getByRole('link', { name: 'Undo' }).element() as HTMLElement).focus();
	await vi.advanceTimersByTimeAsync(20_000);
	expect(onleave).not.toHaveBeenCalled();
});

test('leaves when it is closed', async () => {
	const onleave = vi.fn();
	const screen = await render(Toast, { message, onleave });
	(screen.getByRole('button', { name: '关闭' }).element() as HTMLElement).click();
	expect(onleave).toHaveBeenCalledOnce();
});
