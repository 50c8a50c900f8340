/** One thing in a calendar. A date alone (YYYY-MM-DD) lasts the whole day. */
export interface CalendarEntry {
	/** The same for the same thing, however often it is handed out: calendars replace what they have under it. */
	uid: string;
	/** Rises with every change. */
	sequence: number;
	starts: Date | string;
	/** Not needed for a whole day. */
	ends?: Date;
	title: string;
	description?: string;
	place?: string;
	url?: string;
	cancelled?: boolean;
	/** When it was last changed; the moment of writing where that is not known. */
	stamp?: Date;
}

/** Longest line, in bytes without its end (RFC 5545, 3.1). */
const longest = 75;

/** What a calendar to subscribe to says besides: in which zone it is at home, and after how many hours to ask again. */
export type Subscription = { zone: string; hours: number };

/**
 * A calendar as text to save or subscribe to (RFC 5545, METHOD:PUBLISH; RFC 7986 for the name and the hours). Instants are in UTC, so
 * that no zone has to be described; whole days belong to no zone. @param name what calendars call it
 */
export function writeCalendar(
	{ now }: { now: Date },
	name: string,
	entries: readonly CalendarEntry[],
	subscription?: Subscription
): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Mingfa//Mingfa//ZH',
		'CALSCALE:GREGORIAN',
		'METHOD:PUBLISH',
		`X-WR-CALNAME:${escapeText(name)}`,
		...(subscription ? linesOfSubscription(name, subscription) : []),
		...entries.flatMap((entry) => linesOf(entry, now)),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${fold(line)}\r\n`).join('');
}

const linesOfSubscription = (name: string, { zone, hours }: Subscription) => [
	`NAME:${escapeText(name)}`,
	`X-WR-TIMEZONE:${escapeText(zone)}`,
	`REFRESH-INTERVAL;VALUE=DURATION:PT${hours}H`,
	`X-PUBLISHED-TTL:PT${hours}H`
];

function linesOf(
	{ uid, sequence, starts, ends, title, cancelled, stamp, ...more }: CalendarEntry,
	now: Date
): string[] {
	const when =
		typeof starts === 'string'
			? [`DTSTART;VALUE=DATE:${starts.replaceAll('-', '')}`, `DTEND;VALUE=DATE:${dayAfter(starts)}`]
			: [`DTSTART:${utc(starts)}`, `DTEND:${utc(ends ?? starts)}`];
	const lines = [
		'BEGIN:VEVENT',
		`UID:${escapeText(uid)}`,
		`DTSTAMP:${utc(stamp ?? now)}`,
		`SEQUENCE:${sequence}`,
		...when,
		`SUMMARY:${escapeText(title)}`,
		`STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`
	];
	// A whole day is a date to keep in mind; nobody is busy for it.
	if (typeof starts === 'string') lines.push('TRANSP:TRANSPARENT');
	if (more.description) lines.push(`DESCRIPTION:${escapeText(more.description)}`);
	if (more.place) lines.push(`LOCATION:${escapeText(more.place)}`);
	if (more.url) lines.push(`URL:${more.url.replace(/[\p{Cc}]/gu, '')}`);
	return [...lines, 'END:VEVENT'];
}

const utc = (instant: Date) => `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

const dayAfter = (date: string) =>
	new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

/** Text as a value may hold it (RFC 5545, 3.3.11): no line of its own can begin inside it. */
const escapeText = (text: string) =>
	text
		.toWellFormed()
		.replace(/[\\;,]/g, '\\$&')
		.replace(/\r\n?|\n/g, '\\n')
		.replace(/[\p{Cc}\u2028\u2029]/gu, '');

/** Cuts a long line where a character ends: the rest follows on lines that begin with a space. */
function fold(line: string): string {
	const pieces = [''];
	let bytes = 0;
	for (const character of line) {
		const size = Buffer.byteLength(character);
		if (bytes + size > longest) {
			pieces.push('');
			bytes = 1; // the space
		}
		pieces[pieces.length - 1] += character;
		bytes += size;
	}
	return pieces.join('\r\n ');
}
