import type { Details } from './exchange-question.ts';

/** Details as free labels, for formats whose only room for them is a list of tags. */
export interface Labelled {
	details: Omit<Details, 'code'>;
	caseKey?: string;
	/** What such formats hold in a label beside the details. */
	words?: string;
}

const prefixes = ['article:', 'difficulty:', 'topic:', 'use:', 'case:', 'words:', 'tag:'];

/** `article:labour-contract/14`, `difficulty:3`, then the tags as they are. A tag that looks like one of these says `tag:` first. */
export function labelsOf({ details, caseKey, words }: Labelled): string[] {
	const { articles, difficulty, topic, use, tags } = details;
	return [
		...articles.map((article) => `article:${article}`),
		...(difficulty === undefined ? [] : [`difficulty:${difficulty}`]),
		...(topic === '' ? [] : [`topic:${topic}`]),
		...(use === undefined ? [] : [`use:${use}`]),
		...(caseKey === undefined ? [] : [`case:${caseKey}`]),
		...(words === undefined ? [] : [`words:${words}`]),
		...tags.map((tag) => (prefixes.some((prefix) => tag.startsWith(prefix)) ? `tag:${tag}` : tag))
	];
}

/** The reverse of `labelsOf`. What is no detail of ours stays a tag. */
export function readLabels(labels: string[]): Labelled {
	const details: Labelled['details'] = { articles: [], topic: '', tags: [] };
	const found: Labelled = { details };
	for (const label of labels.map((each) => each.trim()).filter((each) => each !== '')) {
		const prefix = prefixes.find((each) => label.startsWith(each));
		const value = label.slice(prefix?.length ?? 0);
		if (prefix === 'article:') details.articles.push(value);
		else if (prefix === 'difficulty:' && /^[1-5]$/.test(value)) details.difficulty = Number(value);
		else if (prefix === 'topic:') details.topic = value;
		else if (prefix === 'use:' && isUse(value)) details.use = value;
		else if (prefix === 'case:') found.caseKey = value;
		else if (prefix === 'words:') found.words = value;
		else details.tags.push(prefix === 'tag:' ? value : label);
	}
	return found;
}

const isUse = (value: string): value is NonNullable<Details['use']> => ['practice', 'exam', 'both'].includes(value);
