import { getContext, setContext } from 'svelte';

const key = Symbol('zone');

/** Tells every `Time` below in which zone the office keeps its clocks. Called by the root layout. */
export function setZone(zone: string): void {
	setContext(key, zone);
}

/** The zone of the office; the default of the configuration where no layout has set one. */
export function getZone(): string {
	return getContext<string | undefined>(key) ?? 'Asia/Shanghai';
}
