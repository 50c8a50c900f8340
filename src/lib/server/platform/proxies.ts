import { BlockList, isIP } from 'node:net';

/** What a request says about where it came from. */
export interface Forwarded {
	address: string;
	protocol: 'http' | 'https';
	host: string | undefined;
}

interface Incoming {
	remoteAddress: string;
	encrypted: boolean;
	forwardedFor: string | undefined;
	forwardedProto: string | undefined;
	forwardedHost: string | undefined;
}

/** The proxies whose word counts, as one list to ask. */
export function trustedProxies(networks: readonly string[]): BlockList {
	const list = new BlockList();
	for (const network of networks) {
		const [address = '', bits] = network.split('/');
		const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
		if (bits === undefined) list.addAddress(address, family);
		else list.addSubnet(address, Number(bits), family);
	}
	return list;
}

/**
 * Where a request really came from. X-Forwarded headers count only from a trusted proxy, and are read from the right: the
 * first address that is no trusted proxy of ours is the client, whatever it wrote further left.
 */
export function originOf(incoming: Incoming, trusted: BlockList): Forwarded {
	const nearest = plain(incoming.remoteAddress);
	const protocol = incoming.encrypted ? 'https' : 'http';
	if (!isTrusted(nearest, trusted)) return { address: nearest, protocol, host: undefined };

	const hops = (incoming.forwardedFor ?? '')
		.split(',')
		.map((hop) => plain(hop.trim()))
		.filter((hop) => isIP(hop));
	return {
		address: hops.findLast((hop) => !isTrusted(hop, trusted)) ?? hops[0] ?? nearest,
		protocol: last(incoming.forwardedProto) === 'https' ? 'https' : protocol,
		host: last(incoming.forwardedHost)
	};
}

function isTrusted(address: string, trusted: BlockList): boolean {
	return isIP(address) > 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that arrives on an IPv6 socket is still that IPv4 address. */
function plain(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/, '');
}

function last(list: string | undefined): string | undefined {
	return list?.split(',').at(-1)?.trim() || undefined;
}
