import pg from 'pg';
import { connectionOf, type Queryable } from './client.ts';

export interface Pipeline extends Queryable {
	/** Lets what was asked be answered, then closes the connections. */
	end(): Promise<void>;
}

interface Lane {
	client: pg.Client;
	ready: Promise<unknown>;
	/** Questions without an answer yet. */
	waiting: number;
	/** Whether this turn's questions are being gathered. */
	gathering: boolean;
}

/** What is asked here is named and the same each time; left to itself the database plans it anew, which takes longer than answering. */
const planOnce = 'set plan_cache_mode = force_generic_plan';

/**
 * A few connections for short questions that are asked all the time. What is asked in one turn of the event loop leaves in one
 * packet and none waits for the answer of another: writing to a socket costs more than everything else about such a question.
 * Each is a transaction of its own. A lost connection fails what was under way on it, and the next question opens another.
 */
export function openPipeline(
	url: string,
	{ lanes: count = 2, onLost }: { lanes?: number; onLost?: (error: Error) => void } = {}
): Pipeline {
	const lanes: (Lane | undefined)[] = Array.from({ length: count });

	function open(place: number): Lane {
		const client = new pg.Client({ ...connectionOf(url), pipeline: true, connectionTimeoutMillis: 5_000 });
		const ready = client.connect().then(() => client.query(planOnce));
		const lane: Lane = { client, ready, waiting: 0, gathering: false };
		const drop = () => {
			if (lanes[place] === lane) lanes[place] = undefined;
		};
		client.on('error', (error) => (drop(), onLost?.(error)));
		client.on('end', drop);
		lane.ready.catch(drop);
		return (lanes[place] = lane);
	}

	/** The lane with the shortest queue. */
	function choose(): Lane {
		let [best, shortest] = [0, Infinity];
		for (const [place, lane] of lanes.entries()) {
			if ((lane?.waiting ?? 0) < shortest) [best, shortest] = [place, lane?.waiting ?? 0];
		}
		return lanes[best] ?? open(best);
	}

	return {
		async query(config, values) {
			const lane = choose();
			lane.waiting++;
			try {
				await lane.ready;
				gather(lane);
				return await lane.client.query(config, values);
			} finally {
				lane.waiting--;
			}
		},
		async end() {
			await Promise.all(lanes.map((lane) => lane?.client.end()));
		}
	};
}

/** Holds back what is written until the turn of the event loop is over. */
function gather(lane: Lane): void {
	if (lane.gathering) return;
	const { stream } = lane.client.connection;
	lane.gathering = true;
	stream.cork();
	setImmediate(() => {
		lane.gathering = false;
		stream.uncork();
	});
}
