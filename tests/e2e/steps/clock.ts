import type { Page } from '@playwright/test';

/** Moves the server's clock for everything that the page and its context send from now on, signing in included. */
export const moveTo = (page: Page, instant: Date) =>
	page.context().setExtraHTTPHeaders({ 'x-test-now': instant.toISOString() });

/** The instant of a day and time in China. */
export const on = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`);
