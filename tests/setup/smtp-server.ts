import net from 'node:net';

/** A mail that has arrived: whom it is for, and its text with headers, decoded. */
export interface Arrived {
	to: string;
	text: string;
}

/** A mail server on this machine that takes everything and keeps it. */
export async function startSmtpServer(): Promise<{
	url: string;
	arrived: Arrived[];
	/** Whether addresses are refused for the time being. */
	refuse: (next: boolean) => void;
	/** What it answers to an address, such as `550 no such mailbox`; null: it takes it. */
	answerWith: (answer: string | null) => void;
	close: () => void;
}> {
	const arrived: Arrived[] = [];
	let refusal: string | null = null;

	const server = net.createServer((socket) => {
		let [rest, to, isData] = ['', '', false];
		socket.write('220 mail.test\r\n');
		socket.setEncoding('utf8').on('data', (chunk: string) => {
			rest += chunk;
			for (;;) {
				const end = isData ? rest.indexOf('\r\n.\r\n') : rest.indexOf('\r\n');
				if (end < 0) return;
				const line = rest.slice(0, end);
				rest = rest.slice(end + (isData ? 5 : 2));
				socket.write(`${answer(line)}\r\n`);
			}
		});
		socket.on('error', () => {});

		function answer(line: string): string {
			if (isData) {
				isData = false;
				arrived.push({ to, text: decoded(line) });
				return '250 taken';
			}
			if (/^RCPT/i.test(line)) {
				to = /<([^>]*)>/.exec(line)?.[1] ?? '';
				return refusal ?? '250 ok';
			}
			if (/^DATA/i.test(line)) isData = true;
			if (/^QUIT/i.test(line)) return '221 bye';
			return isData ? '354 go on' : '250 ok';
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as net.AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		arrived,
		refuse: (next) => (refusal = next ? '451 later' : null),
		answerWith: (answer) => (refusal = answer),
		close: () => server.close()
	};
}

/** The body as it reads: nodemailer sends Chinese as base64 or quoted-printable. */
function decoded(mail: string): string {
	const [head = '', body = ''] = [mail.slice(0, mail.indexOf('\r\n\r\n')), mail.slice(mail.indexOf('\r\n\r\n') + 4)];
	if (/base64/i.test(head)) return `${head}\n\n${Buffer.from(body, 'base64').toString()}`;
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return `${head}\n\n${/quoted-printable/i.test(head) ? Buffer.from(bytes, 'latin1').toString() : body}`;
}
