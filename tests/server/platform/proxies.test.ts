import { expect, test } from 'vitest';
import { originOf, trustedProxies } from '#lib/server/platform/proxies.ts';

const trusted = trustedProxies(['10.0.0.0/8', '::1']);
const from = (remoteAddress: string, forwardedFor?: string, more = {}) =>
	originOf(
		{ remoteAddress, encrypted: false, forwardedFor, forwardedProto: undefined, forwardedHost: undefined, ...more },
		trusted
	);

test.each([
	{
		remote: '203.0.113.9',
		chain: '198.51.100.1',
		address: '203.0.113.9',
		because: 'nobody but a trusted proxy is believed'
	},
	{ remote: '10.0.0.1', chain: '198.51.100.1', address: '198.51.100.1', because: 'a trusted proxy is believed' },
	{
		remote: '10.0.0.1',
		chain: '6.6.6.6, 198.51.100.1',
		address: '198.51.100.1',
		because: 'what the client wrote itself is not'
	},
	{
		remote: '10.0.0.1',
		chain: '198.51.100.1, 10.0.0.2',
		address: '198.51.100.1',
		because: 'proxies may stand behind each other'
	},
	{
		remote: '::ffff:10.0.0.1',
		chain: '198.51.100.1',
		address: '198.51.100.1',
		because: 'IPv4 may come over an IPv6 socket'
	},
	{ remote: '::1', chain: '2001:db8::7', address: '2001:db8::7', because: 'IPv6 counts too' },
	{ remote: '10.0.0.1', chain: 'unknown', address: '10.0.0.1', because: 'what is no address says nothing' },
	{ remote: '10.0.0.1', chain: undefined, address: '10.0.0.1', because: 'a proxy may ask for itself' }
])('takes $address for the client: $because', ({ remote, chain, address }) => {
	expect(from(remote, chain).address).toBe(address);
});

test('takes the protocol and the host from a trusted proxy only', () => {
	const claims = { forwardedProto: 'https', forwardedHost: 'law.example' };
	expect(from('10.0.0.1', undefined, claims)).toMatchObject({ protocol: 'https', host: 'law.example' });
	expect(from('203.0.113.9', undefined, claims)).toMatchObject({ protocol: 'http', host: undefined });
});
