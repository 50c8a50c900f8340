import type { Context } from './context.ts';

/**
 * Facts by which a lower module moves a higher one. Each is announced inside the transaction that made it true,
 * and its subscribers run in that same transaction; the list of who hears what is wired in `jobs/subscriptions.ts`.
 */
export type Facts = {
	/** A lesson was opened, or its check begun, by a person for the first time. */
	'lesson.started': { personId: string; courseId: string };
	/** A lesson was completed by passing its check. */
	'lesson.completed': { personId: string; lessonId: string };
	'course.completed': { personId: string; courseId: string; completionId: string };
	/** Primary posts that were recorded, some to begin later, with the level that the person held before. Many at once on imports. */
	'posts.recorded': { posts: RecordedPost[] };
	/** A unit goes over into another on a date: whoever holds a post in it then goes along. */
	'unit.merged': { unitId: string; intoId: string; on: string };
	/** A merger that was decided for a day to come does not take place: whoever was to go along stays. */
	'unit.merger-cancelled': { unitId: string; intoId: string; on: string };
	/** A unit, with everything below it, has another place in the tree. */
	'unit.moved': { unitId: string };
	/** People whose current unit has changed. */
	'people.moved': { people: { personId: string; fromUnitId: string | null; toUnitId: string | null }[] };
	/** People of whom the roster says something else than before: post, level, rank, dates, or that they serve again. */
	'people.corrected': { personIds: string[] };
	/** People who retired or left. */
	'people.left': { personIds: string[]; on: string };
	/** The outcome or score of candidates of an exam has changed. */
	'exam.settled': { examId: string; personIds: string[] };
	/** Points of papers of an exam, or what they are of, were changed after marking; scores and outcomes need not differ. */
	'exam.rescored': { examId: string; personIds: string[] };
	/** Marked papers of which their owners may see something, or more than before, from now on; see the exam's review policy. */
	'attempts.released': { attemptIds: string[] };
	/** Attendance of an event was settled, or settled anew after a correction, for these people. */
	'attendance.settled': { eventId: string; personIds: string[] };
	/** Training hours of these people were granted or reversed. */
	'hours.changed': { personIds: string[] };
	/** Something learnt elsewhere was let stand for what these people owe, or does so no more. */
	'equivalent.changed': { personIds: string[] };
	/** Who belongs to these audiences is said in other words, or a list that they name holds other people. */
	'audience.changed': { audienceIds: string[] };
	/** A role was lent to somebody for a time, as a grant of its own. */
	'role.lent': { grantId: string };
	/** Loans of roles that were ended before their last day. */
	'role.returned': { grantIds: string[] };
	/** Obligations made, changed or closed: figures of these units and years are out of date. */
	'obligations.changed': { units: { unitId: string; year: number }[] };
};

export type RecordedPost = {
	postId: string;
	personId: string;
	unitId: string;
	kind: string;
	startsOn: string;
	document: string | null;
	fromLevel: string | null;
	toLevel: string | null;
};

type Subscriber<Name extends keyof Facts> = (ctx: Context, fact: Facts[Name]) => Promise<void>;

const subscribers: { [Name in keyof Facts]?: Subscriber<Name>[] } = {};

/** Lets a higher module hear of a fact. Called once per subscriber, from `jobs/subscriptions.ts`. */
export function subscribe<Name extends keyof Facts>(name: Name, subscriber: Subscriber<Name>): void {
	const heard: Subscriber<Name>[] = subscribers[name] ?? [];
	heard.push(subscriber);
	Object.assign(subscribers, { [name]: heard });
}

/** Tells the subscribers, one after the other, in the caller's transaction. */
export async function announce<Name extends keyof Facts>(ctx: Context, name: Name, fact: Facts[Name]): Promise<void> {
	for (const subscriber of subscribers[name] ?? []) await subscriber(ctx, fact);
}
