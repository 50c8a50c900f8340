import type { QueuedAnswer } from './answer-queue.ts';

/** What became of an answer that was sent. */
export type Sent =
	/** The server has it. A higher revision than the one sent is another change that it already had. */
	| { outcome: 'saved'; revision: number; at: string }
	/** Kept, but too late to count by itself. */
	| { outcome: 'late' }
	/** Another page writes now; kept for an examiner. */
	| { outcome: 'superseded' }
	| { outcome: 'signed-out' }
	/** The server will never take it. */
	| { outcome: 'refused' }
	/** No connection, or a server that cannot answer at the moment. */
	| { outcome: 'unreachable' };

const patience = 20_000;

/** Sends one answer. Never throws: every way in which it can end is an outcome. */
export async function sendAnswer(answer: QueuedAnswer): Promise<Sent> {
	const { exam, attempt, slot, revision, writer, response, flagged } = answer;
	try {
		const reply = await fetch(`/exams/${exam}/answers/${slot}`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({ attempt, revision, writer, response, flagged }),
			signal: AbortSignal.timeout(patience)
		});
		if (reply.status === 202) return { outcome: 'late' };
		if (reply.ok) return { outcome: 'saved', ...((await reply.json()) as { revision: number; at: string }) };
		if (reply.status === 409) return { outcome: 'superseded' };
		if (reply.status === 401) return { outcome: 'signed-out' };
		return { outcome: reply.status >= 500 || reply.status === 429 ? 'unreachable' : 'refused' };
	} catch {
		return { outcome: 'unreachable' };
	}
}
