import { isKeeping } from './kept-for.ts';

/** Sends what a paper that is not open here any more has left on this device. The server keeps it for an examiner. */
export async function sendLeftovers(person: string | undefined): Promise<void> {
	if (!person || !isKeeping(person)) return;
	const [{ AnswerQueue }, { sendAnswer }] = await Promise.all([
		import('./answer-queue.ts'),
		import('./send-answer.ts')
	]);
	const queue = new AnswerQueue(person);
	for (const answer of await queue.list()) {
		const { outcome } = await sendAnswer(answer);
		if (outcome === 'unreachable' || outcome === 'signed-out') return;
		await queue.remove(answer);
	}
}
