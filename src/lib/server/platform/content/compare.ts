/** One thing of the library or of the database: what it says, and where it stands among the others. */
interface Standing {
	hash: string;
	/** Position, parent and the like, as one text. */
	place: string;
}

/** How many things of one kind a synchronisation has touched. */
export interface Tally {
	new: number;
	changed: number;
	archived: number;
	restored: number;
}

/** What has to be done so that the database holds what the files hold. */
export interface Difference<Wanted, Stored> {
	/** Say something new, and so get a new version. */
	rewritten: Wanted[];
	/** Have a row to be written: the rewritten ones, the moved ones and those back from the archive. */
	touched: Wanted[];
	/** No longer in the files. */
	gone: Stored[];
	tally: Tally;
}

/** Sets what the files hold beside what is stored, by key. */
export function compare<Wanted extends Standing, Stored extends Standing & { archivedAt: Date | null }>(
	wanted: ReadonlyMap<string, Wanted>,
	stored: ReadonlyMap<string, Stored>
): Difference<Wanted, Stored> {
	const tally: Tally = { new: 0, changed: 0, archived: 0, restored: 0 };
	const rewritten: Wanted[] = [];
	const touched: Wanted[] = [];

	for (const [key, thing] of wanted) {
		const before = stored.get(key);
		const isRewritten = before?.hash !== thing.hash;
		if (isRewritten) rewritten.push(thing);
		if (isRewritten || before.archivedAt || before.place !== thing.place) touched.push(thing);

		if (!before) tally.new += 1;
		else if (before.archivedAt) tally.restored += 1;
		else if (isRewritten) tally.changed += 1;
	}
	const gone = [...stored].filter(([key, { archivedAt }]) => !archivedAt && !wanted.has(key)).map(([, thing]) => thing);
	tally.archived = gone.length;
	return { rewritten, touched, gone, tally };
}
