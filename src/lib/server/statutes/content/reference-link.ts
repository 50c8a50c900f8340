import { escapeHtml } from '#lib/server/platform/markdown/escape.ts';
import { parseAddress } from './article-address.ts';

/** The page of an article. */
export const articleHref = (address: string): string => `/statutes/${address}`;

/** The link that opens an article, for `statute:labour-contract/10`; nothing for other addresses. */
export function referenceLink(href: string, innerHtml: string): string | undefined {
	if (!href.startsWith('statute:')) return undefined;
	const address = href.slice('statute:'.length);
	if (!parseAddress(address)) return innerHtml;
	return `<a class="ref" href="${escapeHtml(articleHref(address))}" data-article="${escapeHtml(address)}">${innerHtml}</a>`;
}
