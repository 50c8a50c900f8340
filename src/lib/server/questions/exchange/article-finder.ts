import { isNull } from 'drizzle-orm';
import { articles, statutes } from '#db/schema/statutes.ts';
import type { Context } from '../../platform/context.ts';
import { articleNumberIn, parseAddress } from '../../statutes/content/article-address.ts';

/** The address of an article, or why there is none. */
export type FoundArticle = { address: string } | { code: string };

/** Finds articles by address (`labour-contract/14`) or by what people write: 劳动合同法第十四条, 《劳动法》第44条第二款. */
export async function articleFinder({ db }: Context): Promise<(text: string) => FoundArticle> {
	const held = await db
		.select({ statute: articles.statute, number: articles.number })
		.from(articles)
		.where(isNull(articles.archivedAt));
	const addresses = new Set(held.map(({ statute, number }) => `${statute}/${number}`));
	const byName = new Map<string, Set<string>>();
	const named = (name: string, slug: string) =>
		byName.set(plainName(name), (byName.get(plainName(name)) ?? new Set()).add(slug));
	for (const { slug, title, short } of await db.select().from(statutes).where(isNull(statutes.archivedAt))) {
		for (const name of [title['zh-CN'], title.en, short['zh-CN'], short.en]) named(name, slug);
		named(title['zh-CN'].replace(/^中华人民共和国/, ''), slug);
	}

	return (text) => {
		const address = parseAddress(text) ? text : citedIn(text, byName);
		if (typeof address !== 'string') return address;
		return addresses.has(address) ? { address } : { code: 'formats.article-unknown' };
	};
}

const plainName = (name: string): string => name.replace(/[《》〈〉\s]/g, '').toLowerCase();

function citedIn(text: string, byName: Map<string, Set<string>>): string | { code: string } {
	const plain = text.replace(/[《》〈〉\s]/g, '');
	const english = /^(.+?),?(?:article|art\.?)(\d+(?:-\d+)?)$/i.exec(plain);
	const cited = english ? { prefix: english[1]!, number: english[2]! } : articleNumberIn(plain);
	const slugs = [...(byName.get(plainName(cited?.prefix ?? '')) ?? [])];
	if (!cited || slugs.length === 0) return { code: 'formats.article-unknown' };
	return slugs.length > 1 ? { code: 'formats.article-ambiguous' } : `${slugs[0]}/${cited.number}`;
}
