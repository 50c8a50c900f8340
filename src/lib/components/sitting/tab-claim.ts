type Message = { type: 'who' | 'mine' | 'taken'; writer: string };

/**
 * Tabs of one browser share what the server calls a page. They find out among themselves: a tab that comes asks whether
 * another one writes already, and a tab that takes over says so at once.
 * @param onother another tab writes under the same name, or has taken over from this one
 * @returns ends the listening
 */
export function claimTab(
	attempt: string,
	writer: string,
	onother: (how: 'writes-already' | 'has-taken-over') => void
): () => void {
	if (!('BroadcastChannel' in globalThis)) return () => {};
	const channel = new BroadcastChannel(`sitting:${attempt}`);
	const say = (type: Message['type']) => channel.postMessage({ type, writer } satisfies Message);
	let yields = false;

	channel.onmessage = ({ data }: MessageEvent<Message>) => {
		const isSame = data.writer === writer;
		if (data.type === 'who' && isSame && !yields) say('mine');
		if (data.type === 'mine' && isSame) {
			yields = true;
			onother('writes-already');
		}
		if (data.type === 'taken' && !isSame) onother('has-taken-over');
	};
	say('who');
	say('taken'); // whoever still writes under an earlier name has been taken over from
	return () => channel.close();
}
