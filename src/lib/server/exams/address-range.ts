import { isIP } from 'node:net';

/** Whether a text is an address or a range of them that the database can compare with: `10.12.0.0/16`, `2001:db8::/32`, `10.12.3.4`. */
export function isAddressRange(text: string): boolean {
	const [address = '', length, ...rest] = text.split('/');
	const version = isIP(address);
	if (version === 0 || rest.length > 0 || address.includes('%')) return false;
	return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}
