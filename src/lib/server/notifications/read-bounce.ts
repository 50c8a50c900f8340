/** A mailbox that took no mail for good, and what its server said. */
export type Bounced = { address: string; answer: string };

/** What a report of non-delivery says: which of our mails came back, and for whom. */
export type Bounce = { digestIds: string[]; failed: Bounced[] };

const longestAnswer = 300;

/**
 * Reads a report of non-delivery (RFC 3464) as a mail server writes it: the recipients that failed for good, and the names of our
 * mails that it quotes. Anything else, such as a delay or an answer from somebody on leave, fails nobody.
 */
export function readBounce(message: string): Bounce {
	const text = message.replace(/\r\n/g, '\n').replace(/\n[ \t]+/g, ' ');
	const blocks = text.split(/\n\s*\n/).map(fieldsOf);
	const failed = blocks.flatMap((fields) => {
		const address = addressIn(fields.get('original-recipient') ?? fields.get('final-recipient') ?? '');
		const isForGood = fields.get('action')?.toLowerCase() === 'failed' && fields.get('status')?.startsWith('5');
		if (!address || !isForGood) return [];
		const answer = fields.get('diagnostic-code')?.replace(/^\w+;\s*/, '') ?? `Status ${fields.get('status')}`;
		return [{ address, answer: answer.slice(0, longestAnswer) }];
	});
	const names = text.matchAll(/<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>/g);
	return { digestIds: [...new Set([...names].map(([, id = '']) => id))], failed };
}

function fieldsOf(block: string): Map<string, string> {
	const lines = block.split('\n').map((line) => /^([A-Za-z-]+):\s*(.*)$/.exec(line));
	return new Map(lines.flatMap((line) => (line ? [[line[1]!.toLowerCase(), line[2]!.trim()] as const] : [])));
}

const addressIn = (field: string): string | undefined =>
	/^rfc822;\s*<?([^\s<>]+@[^\s<>]+?)>?$/i.exec(field)?.[1]?.toLowerCase();
