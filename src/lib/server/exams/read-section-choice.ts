import type * as v from 'valibot';
import type { SectionFilter } from '#db/schema/exam-papers.ts';
import { and, asc, inArray, isNull, sql } from 'drizzle-orm';
import { articles, statutes } from '#db/schema/statutes.ts';
import type * as schemas from '#lib/schemas/exam-papers.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { parseAddress } from '../statutes/content/article-address.ts';
import { articleNumberIn } from '../statutes/content/article-address.ts';

type Choice = v.InferOutput<typeof schemas.countAvailable>;

/**
 * The filter that a form asks for, with everything it names known to exist.
 * @throws invalid section.unknown-place | section.unknown-article at the field that names it
 */
export async function readSectionChoice(ctx: Context, choice: Choice): Promise<SectionFilter> {
	const known = await ctx.db.select().from(statutes).where(isNull(statutes.archivedAt)).orderBy(asc(statutes.position));
	const chapters = new Set(known.flatMap(({ slug, chapters }) => chapters.map(({ number }) => `${slug}/${number}`)));
	const unknown = [
		...choice.statutes.filter((slug) => !known.some((statute) => statute.slug === slug)),
		...choice.chapters.filter((address) => !chapters.has(address))
	];
	if (unknown.length > 0) throw invalid('section.unknown-place', { field: 'statutes', values: { place: unknown[0]! } });

	const { difficultyFrom, difficultyTo, tags, topic } = choice;
	const addresses = await readArticles(ctx, known, choice.articles);
	const [from, to] = [difficultyFrom ?? 1, difficultyTo ?? 5];
	return {
		...(choice.statutes.length > 0 && { statutes: choice.statutes }),
		...(choice.chapters.length > 0 && { chapters: choice.chapters }),
		...(addresses.length > 0 && { articles: addresses }),
		...((difficultyFrom !== null || difficultyTo !== null) && {
			difficulty: { from: Math.min(from, to), to: Math.max(from, to) }
		}),
		...(tags.length > 0 && { tags }),
		...(topic && { topic })
	};
}

type Statute = typeof statutes.$inferSelect;

async function readArticles({ db }: Context, known: Statute[], typed: string): Promise<string[]> {
	const names = typed.split(/[\n,，、;；]+/).flatMap((name) => name.trim() || []);
	if (names.length === 0) return [];
	const addresses = names.map((name) => {
		const address = addressIn(known, name);
		if (!address) throw unknownArticle(name);
		return address;
	});
	const held = await db
		.select({ address: sql<string>`${articles.statute} || '/' || ${articles.number}` })
		.from(articles)
		.where(and(inArray(sql`${articles.statute} || '/' || ${articles.number}`, addresses), isNull(articles.archivedAt)));
	const missing = addresses.findIndex((address) => !held.some((article) => article.address === address));
	if (missing >= 0) throw unknownArticle(names[missing]!);
	return [...new Set(addresses)];
}

const unknownArticle = (name: string) => invalid('section.unknown-article', { field: 'articles', values: { name } });

/** `labour-contract/82`, 劳动合同法82, 《劳动合同法》第八十二条 or "Labour Contract Law 82" as an address. */
function addressIn(known: Statute[], name: string): string | undefined {
	const address = parseAddress(name);
	if (address) return `${address.statute}/${address.number}`;
	const named = articleNumberIn(name) ?? withFigures(name);
	if (!named) return undefined;
	const said = bare(named.prefix);
	const statute = known.find(({ title, short }) =>
		[title['zh-CN'], title.en, short['zh-CN'], short.en].some((own) => bare(own) === said)
	);
	return statute && `${statute.slug}/${named.number}`;
}

function withFigures(name: string): { prefix: string; number: string } | undefined {
	const match = /^(.*?)\s*(?:art\.?|article)?\s*(\d+(?:-\d+)?)条?$/i.exec(name);
	return match ? { prefix: match[1]!, number: match[2]! } : undefined;
}

const bare = (name: string) =>
	name
		.replace(/[《》\s]/g, '')
		.replace(/^中华人民共和国/, '')
		.toLowerCase();
