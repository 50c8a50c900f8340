import { isIPv6 } from 'node:net';

export type Subject = 'account' | 'address';

// An office of hundreds shares one address: it may mistype a hundred times before it is slowed at all.
const free: Record<Subject, number> = { account: 5, address: 100 };
const longest: Record<Subject, number> = { account: 60, address: 5 };

/** Seconds to wait after so many failures in a row: doubling past the free ones, and never long enough to lock anybody out. */
export function pauseAfter(failures: number, subject: Subject): number {
	const beyond = failures - free[subject];
	return beyond < 0 ? 0 : Math.min(2 ** beyond, longest[subject]);
}

/** What counts as one place: an IPv4 address, or the /64 network of an IPv6 one, in which a single machine has them all. */
export function placeOf(address: string): string {
	if (!isIPv6(address)) return address;
	const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
	const groups = (text = '') => text.split(':').filter(Boolean);
	const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
	const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
	return all
		.slice(0, 4)
		.map((group) => parseInt(group, 16).toString(16))
		.join(':');
}
