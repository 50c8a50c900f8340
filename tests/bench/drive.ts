import http from 'node:http';

/** What a load came to. Times in milliseconds. */
export interface Load {
	perSecond: number;
	p50: number;
	p95: number;
	/** Milliseconds of processor time per request that the process under load took; undefined where there is none to ask. */
	cpu: number | undefined;
}

/** One request of one of the connections, counted from 0. */
export type Act = (connection: number) => Promise<unknown>;

/** Keeps so many connections busy for so long, each with one request at a time. */
export async function drive(act: Act, connections: number, seconds: number, cpuTime?: () => number): Promise<Load> {
	const times: number[] = [];
	const [before, started] = [cpuTime?.() ?? 0, performance.now()];
	const until = started + seconds * 1_000;

	await Promise.all(
		Array.from({ length: connections }, async (_, connection) => {
			while (performance.now() < until) {
				const sent = performance.now();
				await act(connection);
				times.push(performance.now() - sent);
			}
		})
	);
	const [after, ended] = [cpuTime?.() ?? 0, performance.now()];
	times.sort((a, b) => a - b);
	const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
	return {
		perSecond: (times.length * 1_000) / (ended - started),
		p50: at(0.5),
		p95: at(0.95),
		cpu: cpuTime && (after - before) / times.length
	};
}

/** The median of each figure over the rounds. */
export function median(loads: Load[]): Load {
	const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
	const cpu = loads.flatMap((load) => load.cpu ?? []);
	return {
		perSecond: middle(loads.map((load) => load.perSecond)),
		p50: middle(loads.map((load) => load.p50)),
		p95: middle(loads.map((load) => load.p95)),
		cpu: cpu.length > 0 ? middle(cpu) : undefined
	};
}

export interface Wanted {
	path: string;
	method?: 'GET' | 'POST' | 'PUT';
	headers?: Record<string, string>;
	body?: string;
	/** Any other answer ends the bench. */
	status?: number;
}

export interface Answered {
	status: number;
	headers: http.IncomingHttpHeaders;
	body: Buffer;
}

/** A client that keeps its connections. Changes carry the server's origin, as a browser's would. */
export function clientOf(address: string): (wanted: Wanted) => Promise<Answered> {
	const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
	const { hostname, port } = new URL(address);

	return ({ path, method = 'GET', headers = {}, body, status = 200 }) =>
		new Promise((resolve, reject) => {
			const origin = method === 'GET' ? {} : { origin: address, 'content-length': Buffer.byteLength(body ?? '') };
			const request = http.request(
				{ hostname, port, path, method, agent, headers: { accept: 'text/html', ...origin, ...headers } },
				(response) => {
					const parts: Buffer[] = [];
					response.on('data', (part: Buffer) => parts.push(part));
					response.on('error', reject);
					response.on('end', () => {
						const answered = {
							status: response.statusCode ?? 0,
							headers: response.headers,
							body: Buffer.concat(parts)
						};
						if (answered.status === status) resolve(answered);
						else
							reject(
								new Error(`${method} ${path} gave ${answered.status}, not ${status}: ${answered.body.subarray(0, 300)}`)
							);
					});
				}
			);
			request.on('error', reject);
			request.end(body);
		});
}
