import { lineOf, report, type Source } from '#lib/server/platform/content/source.ts';
import type { StatuteContent } from './parse-statute.ts';

/** Everything about a statute's file that can be judged from that file alone. */
export function checkStatute(source: Source, statute: StatuteContent): void {
	const slug = source.file.replace(/^.*\//, '').replace(/\.yaml$/, '');
	const fault = (line: number, code: string, message: string) => report(source, { line, code, message });
	if (statute.slug !== slug) fault(lineOf(source, statute, 'slug'), 'statute.slug', `slug 应当与文件名一致：${slug}`);

	checkVersions(source, statute);
	checkArticles(source, statute);
	if (statute.chapters) {
		checkTiling(source, statute.chapters, '1', statute['last-article'], '章');
		for (const chapter of statute.chapters) {
			if (chapter.sections)
				checkTiling(source, chapter.sections, chapter.from, chapter.to, `第${chapter.number}章的节`);
		}
	}
}

function checkVersions(source: Source, statute: StatuteContent): void {
	const { versions, adopted, effective } = statute;
	const ids = new Set<string>();
	const last = articleOrder(statute['last-article']);
	for (const [index, version] of versions.entries()) {
		const line = lineOf(source, version);
		if (ids.has(version.id)) report(source, { line, code: 'version.duplicate', message: `版本 ${version.id} 重复` });
		ids.add(version.id);
		if (version.effective < version.adopted) {
			report(source, { line, code: 'version.dates', message: `版本 ${version.id} 的施行日期早于通过日期` });
		}
		if (index > 0 && version.effective <= versions[index - 1]!.effective) {
			report(source, { line, code: 'version.order', message: '各版本应当按施行日期先后排列' });
		}
		for (const number of version.changed ?? []) {
			if (articleOrder(number) > last + 0.99) {
				report(source, { line, code: 'article.unknown', message: `changed 里的第 ${number} 条超出全文` });
			}
		}
	}
	// A statute may be held from a later version on, but never from before it was made.
	if (versions[0] && versions[0].adopted < adopted) {
		const line = lineOf(source, versions[0]);
		report(source, { line, code: 'version.first', message: '第一个版本的通过日期早于文首的通过日期' });
	}
	if (effective < adopted) {
		const line = lineOf(source, statute, 'effective');
		report(source, { line, code: 'version.dates', message: '施行日期早于通过日期' });
	}
}

function checkArticles(source: Source, statute: StatuteContent): void {
	const seen = new Set<string>();
	let previous = 0;
	for (const article of statute.articles) {
		const line = lineOf(source, article);
		const own = `${statute.slug}/${article.number}`;
		if (seen.has(article.number))
			report(source, { line, code: 'article.duplicate', message: `第 ${article.number} 条重复` });
		seen.add(article.number);
		const order = articleOrder(article.number);
		if (order < previous)
			report(source, { line, code: 'article.order', message: `第 ${article.number} 条没有按条号排列` });
		previous = order;
		if (Math.floor(order) > Math.floor(articleOrder(statute['last-article']))) {
			report(source, {
				line,
				code: 'article.unknown',
				message: `全文只到第 ${statute['last-article']} 条，没有第 ${article.number} 条`
			});
		}
		const seeLine = lineOf(source, article, 'see');
		if (article.see.includes(own)) report(source, { line: seeLine, code: 'article.see-self', message: 'see 不列自身' });
		for (const twice of article.see.filter((address, index) => article.see.indexOf(address) !== index)) {
			report(source, { line: seeLine, code: 'article.see-twice', message: `see 里 ${twice} 重复` });
		}
	}
}

interface Span {
	from: string;
	to: string;
}

/** Chapters must cover the text from its first article to its last, without gap or overlap. */
function checkTiling(source: Source, spans: Span[], first: string, last: string, what: string): void {
	let expected = Math.floor(articleOrder(first));
	for (const span of spans) {
		const [from, to] = [Math.floor(articleOrder(span.from)), Math.floor(articleOrder(span.to))];
		const line = lineOf(source, span);
		if (from !== expected)
			report(source, {
				line,
				code: 'chapter.gap',
				message: `${what}应当从第 ${expected} 条接起，这里写的是第 ${from} 条`
			});
		if (to < from) report(source, { line, code: 'chapter.gap', message: `${what}的止条 ${to} 小于起条 ${from}` });
		expected = to + 1;
	}
	if (expected - 1 !== Math.floor(articleOrder(last))) {
		report(source, {
			line: lineOf(source, spans.at(-1)!),
			code: 'chapter.gap',
			message: `${what}应当铺到第 ${last} 条，这里只到第 ${expected - 1} 条`
		});
	}
}

/** 38-1 stands between 38 and 39. */
export function articleOrder(number: string): number {
	const [article, inserted = '0'] = number.split('-');
	return Number(article) + Number(inserted) / 100;
}
