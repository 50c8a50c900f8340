import { readYaml, type Read } from '#lib/server/platform/content/read-yaml.ts';
import { list, slug, whole } from '#lib/server/platform/content/readers.ts';
import { bilingual, record } from '#lib/server/platform/content/record.ts';
import { report, type Source } from '#lib/server/platform/content/source.ts';
import { addressReader } from '#lib/server/statutes/content/article-address.ts';

const front = record({
	id: slug,
	title: bilingual,
	summary: bilingual,
	articles: list(addressReader, { min: 1 }),
	check: record({ draw: whole(1, 50), pass: whole(1, 50) })
});

export type LessonFront = Read<typeof front>;
export interface LessonContent extends LessonFront {
	/** The Markdown below the front matter. */
	body: string;
	/** The line of the file on which the body begins. */
	bodyLine: number;
}

const maxCharacters = 60_000;

/** Reads NN-<id>.md: front matter between two lines of `---`, then Markdown. */
export function parseLesson(source: Source, text: string): LessonContent | undefined {
	if (text.length > maxCharacters) {
		report(source, { line: 1, code: 'file.too-large', message: `课文超过 ${maxCharacters} 个字符` });
		return undefined;
	}
	const match = /^---\n([\s\S]*?\n)---\n/.exec(text);
	if (!match) {
		report(source, {
			line: 1,
			code: 'lesson.front-matter',
			message: '课文应当以卷首开头：两行 --- 之间写 id、title、summary、articles、check'
		});
		return undefined;
	}
	const fields = readYaml(source, match[1]!, front, 2);
	const bodyLine = match[0].split('\n').length;
	// Added in place: the lines of the fields are kept by the object's identity.
	return fields && Object.assign(fields, { body: text.slice(match[0].length), bodyLine });
}
