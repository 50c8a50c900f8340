import type { Read } from '#lib/server/platform/content/read-yaml.ts';
import { readYaml, scalarAt, refuse, type Reader } from '#lib/server/platform/content/read-yaml.ts';
import { date, list, oneOf, prose, quoted, slug, whole } from '#lib/server/platform/content/readers.ts';
import { bilingual, optional, record } from '#lib/server/platform/content/record.ts';
import type { Source } from '#lib/server/platform/content/source.ts';
import { addressReader } from './article-address.ts';

/** 14, or "38-1" in quotes. */
const articleNumber: Reader<string> = (spot) => {
	const text = String(scalarAt(spot)?.value ?? '');
	if (/^[1-9]\d{0,3}(-[1-9]\d?)?$/.test(text)) return text;
	return refuse(spot, 'field.type', `${spot.name} 应当是条号，例如 14 或者 "38-1"`);
};

const section = record({ number: whole(1), title: bilingual, from: articleNumber, to: articleNumber });
const chapter = record({
	number: whole(1),
	title: bilingual,
	from: articleNumber,
	to: articleNumber,
	sections: optional(list(section, { min: 1 }))
});
const version = record({
	id: quoted,
	adopted: date,
	session: prose,
	effective: date,
	changed: optional(list(articleNumber, { min: 1 }))
});
const article = record({
	number: articleNumber,
	digest: prose,
	keywords: list(prose, { min: 1 }),
	see: list(addressReader)
});
const statute = record({
	slug,
	title: bilingual,
	short: bilingual,
	level: oneOf('law', 'regulation', 'rule', 'interpretation'),
	issuer: prose,
	adopted: date,
	effective: date,
	'last-article': articleNumber,
	versions: list(version, { min: 1 }),
	chapters: optional(list(chapter, { min: 1 })),
	articles: list(article, { min: 1 })
});

export type StatuteContent = Read<typeof statute>;
export type ArticleContent = Read<typeof article>;
export type ChapterContent = Read<typeof chapter>;

/** Reads statutes/<slug>.yaml. */
export const parseStatute = (source: Source, text: string): StatuteContent | undefined =>
	readYaml(source, text, statute);
