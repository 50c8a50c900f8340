import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { env } from '#lib/server/platform/env.ts';
import { originOf, trustedProxies } from '#lib/server/platform/proxies.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Seconds' worth of patience with requests that are under way when the server stops. */
const DRAIN = 10_000;

/** Milliseconds that a connection may rest between two requests: longer than proxies keep theirs (nginx: 60 s), or they would send one as we hang up. */
const REST = 75_000;

/** Names of the headers in which we tell the application who asks; what a client writes into them is overwritten. */
const told = { address: 'x-mingfa-address', protocol: 'x-mingfa-protocol', host: 'x-mingfa-host' };

/** Configures the built application before it is loaded: adapter-node would take every request for https. */
export function configureHandler(): void {
	process.env.ADDRESS_HEADER = told.address;
	process.env.PROTOCOL_HEADER = told.protocol;
	process.env.HOST_HEADER = told.host;
	process.env.BODY_SIZE_LIMIT = `${env.MINGFA_UPLOAD_LIMIT}M`;
	if (!process.env.ORIGIN) delete process.env.ORIGIN;
}

/** The web server: two probes for whoever watches over the process, and the application. */
export function createWebServer(handler: Handler, isReady: () => Promise<boolean>): http.Server {
	const trusted = trustedProxies(env.MINGFA_TRUSTED_PROXIES);

	const listener: RequestListener = async (request, response) => {
		if (request.url === '/healthz') return answer(response, 200, 'alive');
		if (request.url === '/readyz') {
			return (await isReady()) ? answer(response, 200, 'ready') : answer(response, 503, 'not ready');
		}
		tellOrigin(request);
		handler(request, response, () => answer(response, 404, 'Not found'));
	};

	/** Replaces what the client claims about itself by what we know. */
	function tellOrigin({ headers, socket }: IncomingMessage): void {
		const header = (name: string) => headers[name]?.toString();
		const origin = originOf(
			{
				remoteAddress: socket.remoteAddress ?? '',
				encrypted: (socket as TLSSocket).encrypted === true,
				forwardedFor: header('x-forwarded-for'),
				forwardedProto: header('x-forwarded-proto'),
				forwardedHost: header('x-forwarded-host')
			},
			trusted
		);
		headers[told.address] = origin.address;
		headers[told.protocol] = origin.protocol;
		headers[told.host] = origin.host ?? headers.host;
	}

	return http.createServer({ keepAliveTimeout: REST }, listener);
}

/** Listens, and resolves to the address. @throws a sentence when the port is taken or forbidden */
export function listen(server: http.Server): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
			const taken = code === 'EADDRINUSE' ? `something else listens there; set PORT to another` : message;
			reject(new Error(`Cannot listen on ${env.HOST}, port ${env.PORT}: ${taken}.`));
		});
		server.listen(env.PORT, env.HOST, () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : env.PORT;
			resolve(`http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${port}`);
		});
	});
}

/** Takes no new requests and waits for those under way. */
export function drain(server: http.Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), DRAIN).unref();
	});
}

function answer(response: ServerResponse, status: number, text: string): void {
	response
		.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
		.end(`${text}\n`);
}
