/** Who is looking at the page, as the shell needs it. Nobody before sign-in. */
export type Viewer = {
	name: string;
	unitName: string | null;
	abilities: readonly string[];
	/** Notifications not yet read. */
	unread?: number;
	/** Duties that are open. */
	todo?: number;
};
