import { articles, statutes } from '#db/schema/statutes.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';

export type Article = typeof articles.$inferSelect;
export type Statute = typeof statutes.$inferSelect & { articles: Article[] };

/** A statute with a few articles, numbered from 1. */
export async function aStatute(
	ctx: Context,
	{ articles: count = 6, ...values }: Partial<typeof statutes.$inferInsert> & { articles?: number } = {}
): Promise<Statute> {
	const slug = values.slug ?? `statute-${newId().slice(-12)}`;
	const [statute] = await ctx.db
		.insert(statutes)
		.values({
			slug,
			title: { 'zh-CN': '示例用工管理法', en: 'Model Employment Act' },
			short: { 'zh-CN': '示例法', en: 'Model Act' },
			level: 'law',
			issuer: '示例机关',
			adoptedOn: '2007-06-29',
			effectiveOn: '2008-01-01',
			lastArticle: count,
			hash: slug,
			...values
		})
		.returning();
	const rows = Array.from({ length: count }, (_, index) => ({
		id: newId(),
		statute: slug,
		number: String(index + 1),
		ordinal: index + 1,
		digest: `第${index + 1}条的要旨：期限、标准和责任各有一句。`,
		keywords: ['期限'],
		hash: `${slug}/${index + 1}`
	}));
	const made = await ctx.db.insert(articles).values(rows).returning();
	return { ...statute!, articles: made };
}
