type Properties = Record<string, string>;

export type ReadCalendar = { properties: Properties; events: Properties[] };

const needed = ['UID', 'DTSTAMP', 'SEQUENCE', 'SUMMARY'];

/**
 * Reads a calendar as strictly as RFC 5545 has it: lines end with CRLF and hold at most 75 bytes, what is folded is one again,
 * every part is closed, each property has a name and stands once, text is escaped, and each event says what, when and under which
 * name. @throws what is wrong, with the line
 */
export function readCalendar(text: string): ReadCalendar {
	if (!text.endsWith('\r\n') || /[^\r]\n|\r[^\n]/.test(text)) throw new Error('a line does not end with CRLF');
	for (const line of text.split('\r\n'))
		if (Buffer.byteLength(line) > 75) throw new Error(`a line is longer than 75 bytes: ${line}`);

	const read: ReadCalendar = { properties: {}, events: [] };
	const open: string[] = [];
	for (const line of text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n')) {
		const [, name = '', parameters = '', value = ''] = /^([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)$/u.exec(line) ?? [];
		if (name === '') throw new Error(`no property: ${line}`);
		if (name === 'BEGIN') {
			open.push(value);
			if (value === 'VEVENT') read.events.push({});
		} else if (name === 'END') {
			if (open.pop() !== value) throw new Error(`${value} is closed but not open`);
		} else {
			const into = open.at(-1) === 'VEVENT' ? read.events.at(-1)! : read.properties;
			if (`${name}${parameters}` in into) throw new Error(`${name} stands twice`);
			into[`${name}${parameters}`] = isText(name) ? unescape(value) : value;
		}
	}
	if (open.length > 0) throw new Error(`${open.join(' and ')} never closed`);
	for (const event of read.events) demandWhole(event);
	const names = read.events.map(({ UID }) => UID);
	if (new Set(names).size < names.length) throw new Error('two events bear one name');
	return read;
}

const isText = (name: string) => ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'NAME', 'UID', 'X-WR-CALNAME'].includes(name);

function unescape(value: string): string {
	if (/(?<!\\)(?:\\\\)*[;,]/.test(value)) throw new Error(`a comma or semicolon is not escaped: ${value}`);
	if (/(?<!\\)(?:\\\\)*\\[^\\;,nN]/.test(value)) throw new Error(`an escape that is none: ${value}`);
	return value.replace(/\\([\\;,nN])/g, (_, mark: string) => (mark.toLowerCase() === 'n' ? '\n' : mark));
}

function demandWhole(event: Properties): void {
	for (const name of needed) if (!(name in event)) throw new Error(`an event has no ${name}`);
	const timed = /^\d{8}T\d{6}Z$/;
	const starts = event.DTSTART ?? event['DTSTART;VALUE=DATE'] ?? '';
	const ends = event.DTEND ?? event['DTEND;VALUE=DATE'] ?? '';
	const form = event.DTSTART ? timed : /^\d{8}$/;
	if (!form.test(starts) || !form.test(ends) || starts >= ends)
		throw new Error(`${event.UID} lasts from ${starts} to ${ends}`);
	if (!timed.test(event.DTSTAMP!) || !/^\d+$/.test(event.SEQUENCE!)) throw new Error(`${event.UID} has no stamp`);
}
