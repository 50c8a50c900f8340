import { getContext, setContext } from 'svelte';

const key = Symbol('statute names');

/** Tells the sections below what statutes are called, by slug. */
export const setStatuteNames = (names: () => Record<string, string>): void => void setContext(key, names);

export const getStatuteNames = (): Record<string, string> =>
	getContext<(() => Record<string, string>) | undefined>(key)?.() ?? {};
