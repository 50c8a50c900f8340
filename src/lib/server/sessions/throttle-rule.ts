export type Subject = 'account' | 'address';

// An office of hundreds shares one address: it may mistype a hundred times before it is slowed at all.
const free: Record<Subject, number> = { account: 5, address: 100 };
const longest: Record<Subject, number> = { account: 60, address: 5 };

/** Seconds to wait after so many failures in a row: doubling past the free ones, and never long enough to lock anybody out. */
export function pauseAfter(failures: number, subject: Subject): number {
	const beyond = failures - free[subject];
	return beyond < 0 ? 0 : Math.min(2 ** beyond, longest[subject]);
}
