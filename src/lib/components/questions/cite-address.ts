import type { Localized } from '#db/schema/columns.ts';
import { citation } from '#lib/format/articles.ts';
import { localized } from '#lib/format/localized.ts';

/** How an article is cited that is known by its address, as `labour-contract/10`; of a law that is not among them, by that. */
export function citeAddress(address: string, statutes: { slug: string; short: Localized }[]): string {
	const [slug = '', number = ''] = address.split('/');
	const law = statutes.find((statute) => statute.slug === slug);
	return citation(law ? localized(law.short) : slug, number);
}
