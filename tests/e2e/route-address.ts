import type { Place, RouteAccess } from './route-access.ts';
import type { Route } from './route-files.ts';

/** The address of a route: its groups left out, its parameters filled with what belongs to the place. */
export async function addressOf({ id }: Route, { params, query }: RouteAccess, place: Place): Promise<string> {
	const values = (await params?.(place)) ?? {};
	const pathname = id
		.replace(/\/\([^)]+\)/g, '')
		.replace(/\[x\+([0-9a-f]{2})\]/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		.replace(/\[\[?(?:\.\.\.)?(\w+)(?:=\w+)?\]\]?/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
	const search = query ? `?${new URLSearchParams(await query(place))}` : '';
	return `${pathname || '/'}${search}`;
}
