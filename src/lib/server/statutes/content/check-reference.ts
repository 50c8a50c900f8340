import { articleNumberIn, parseAddress } from './article-address.ts';
import { articleOrder } from './check-statute.ts';
import type { StatuteContent } from './parse-statute.ts';

/** The statutes of a library by their slug. */
export type Shelf = ReadonlyMap<string, StatuteContent>;

/** Something wrong with a reference: the stable code and the sentence for the author. */
export interface ReferenceFault {
	code: string;
	message: string;
}

/** Does the address name an article that we hold, with a digest? */
export function checkAddress(address: string, shelf: Shelf): ReferenceFault | undefined {
	const parts = parseAddress(address);
	if (!parts) return { code: 'article.address', message: `条文地址 ${address} 写法有误，应当像 labour-contract/14` };
	const statute = shelf.get(parts.statute);
	if (!statute) return { code: 'statute.unknown', message: `没有收录 ${parts.statute} 这个文本` };
	if (Math.floor(articleOrder(parts.number)) > articleOrder(statute['last-article'])) {
		return { code: 'article.unknown', message: `${address} 不存在：全文只到第 ${statute['last-article']} 条` };
	}
	if (!statute.articles.some(({ number }) => number === parts.number)) {
		return { code: 'article.no-digest', message: `${address} 还没有提要，请在 statutes/${parts.statute}.yaml 补上` };
	}
	return undefined;
}

/** Names of a statute that a link's text may use: its short name, and what its readers call it for short. */
const namesOf = (statute: StatuteContent): string[] => [
	statute.short['zh-CN'],
	statute.title['zh-CN'],
	...nicknames(statute)
];

function nicknames({ short, title }: StatuteContent): string[] {
	const found = [short['zh-CN'], title['zh-CN']].flatMap((name) =>
		[/实施条例$/, /条例$/, /解释[一二三四]$/].map((end) => end.exec(name)?.[0])
	);
	return found.filter((name) => name !== undefined);
}

/** Does 第十四条第三款 agree with labour-contract/14, and does it name the statute where it is not the course's own? */
export function checkReferenceText(
	text: string,
	address: string,
	ownStatute: string | undefined,
	shelf: Shelf
): ReferenceFault | undefined {
	const parts = parseAddress(address);
	if (!parts) return undefined;
	const named = articleNumberIn(text.replace(/[《》\s]/g, ''));
	if (!named) return { code: 'reference.text', message: `链接文字“${text}”里要写明第几条` };
	if (named.number !== parts.number) {
		return { code: 'reference.number', message: `链接文字“${text}”与地址 ${address} 不是同一条` };
	}
	const statute = shelf.get(parts.statute);
	if (!statute) return undefined;
	const isOwn = parts.statute === ownStatute;
	if (named.prefix === '' && !isOwn) {
		return { code: 'reference.short-name', message: `“${text}”引用其他文本，要加简称“${statute.short['zh-CN']}”` };
	}
	if (named.prefix !== '' && !namesOf(statute).includes(named.prefix)) {
		return {
			code: 'reference.short-name',
			message: `“${named.prefix}”不是 ${parts.statute} 的简称“${statute.short['zh-CN']}”`
		};
	}
	return undefined;
}

/** References that were written but not rendered as such, or rendered though not written plainly. */
export function checkRendered(html: string, written: string[]): ReferenceFault[] {
	const rendered = [...html.matchAll(/ data-article="([^"]*)"/g)].map(([, address]) => address!);
	const odd = [
		...rendered.filter((address) => !written.includes(address)),
		...written.filter((address) => parseAddress(address) && !rendered.includes(address))
	];
	return [...new Set(odd)].map((address) => ({
		code: 'link.form',
		message: `${address} 的链接写法有误，应当写成 [第某条](statute:${address})`
	}));
}
