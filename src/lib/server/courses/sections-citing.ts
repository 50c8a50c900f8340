/**
 * Under which heading of a rendered lesson each article is first cited, by address. Articles cited before the first
 * heading are missing.
 */
export function sectionsCiting(html: string): Map<string, string> {
	const sections = new Map<string, string>();
	let heading: string | undefined;
	for (const [, id, address] of html.matchAll(/<h[2-4] id="([^"]+)"|data-article="([^"]+)"/g)) {
		if (id) heading = id;
		else if (address && heading && !sections.has(address)) sections.set(address, heading);
	}
	return sections;
}
