/** Milliseconds that a heading must stay in view to count as read. */
const stay = 2_000;

/**
 * Tells the server quietly where the reader is, a moment after they got there, and at once when they leave. What fails
 * is not repeated: the next heading comes soon.
 */
export function keepPosition(address: string) {
	let heading: string | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function send() {
		clearTimeout(timer);
		timer = undefined;
		const body = JSON.stringify({ heading });
		fetch(address, { method: 'PUT', headers: { 'content-type': 'application/json' }, body, keepalive: true }).catch(
			() => undefined
		);
	}
	return {
		/** The reader is at this heading now. */
		reach(at: string | null) {
			heading = at;
			clearTimeout(timer);
			timer = setTimeout(send, stay);
		},
		/** The reader leaves: what has not been told is told now. */
		leave() {
			if (timer) send();
		}
	};
}
