import path from 'node:path/posix';
import { DomainError, invalid } from '#lib/server/platform/errors.ts';
import { readArchive, type Archive } from '#lib/server/platform/tables/read-archive.ts';
import { pictureLimits } from '../../picture-file.ts';
import { noDetails, type Details } from '../exchange-question.ts';
import { takeFlat, type FlatQuestion } from '../flat-questions.ts';
import type { Place, Reading } from '../format.ts';
import { readLabels } from '../labels.ts';
import { limits } from '../limits.ts';
import { openReading, type OpenReading } from '../open-reading.ts';
import { decoded, pictureBox, type FindPicture, type PictureBox } from '../picture-box.ts';
import { childOf, descendants, parseDocument, textOf, type Element } from '../xml/parse-document.ts';
import { unhyphened } from './markup.ts';
import { readItem } from './read-item.ts';

const zip = Buffer.from('PK\u0003\u0004', 'latin1');

/** Reads one item, or a package of them, of any edition from 2.0 to 3.0. Nothing outside of the file is looked at. */
export async function readQti(file: Buffer): Promise<Reading> {
	const reading = openReading();
	const entries: FlatQuestion[] = [];
	if (!file.subarray(0, 4).equals(zip)) {
		const item = unified(parseDocument(file));
		if (item.name !== 'assessmentItem') throw invalid('formats.not-qti', { field: 'file' });
		const isOwn = item.attributes.toolName === 'Mingfa' && item.attributes.label;
		const details = { ...noDetails(), ...(isOwn && { code: item.attributes.label }) };
		takeItem(reading, entries, item, { place: { line: item.line }, details, box: pictureBox(), find: () => undefined });
	} else {
		const archive = await readArchive(file, limits);
		const boxes = new Map<string, PictureBox>();
		for (const source of await sourcesIn(archive)) await takeSource(reading, entries, archive, { source, boxes });
	}
	takeFlat(reading, entries);
	return reading;
}

interface Source {
	path: string;
	details: Details;
	caseKey?: string;
	/** Files that no manifest names are taken only if they are items. */
	isGuess?: true;
}

/** The items that the manifest names, or every XML file where there is none. */
async function sourcesIn(archive: Archive): Promise<Source[]> {
	const manifest = archive.paths
		.filter((each) => path.basename(each) === 'imsmanifest.xml')
		.sort((a, b) => a.length - b.length)[0];
	if (manifest === undefined)
		return archive.paths
			.filter((each) => each.endsWith('.xml'))
			.map((each) => ({ path: each, details: noDetails(), isGuess: true as const }));
	const document = parseDocument(Buffer.from(await archive.text(manifest)));
	return [...descendants(document, 'resource')]
		.filter(({ attributes }) => /^imsqti_(item|assessmentItem)/i.test(attributes.type ?? ''))
		.map((resource) => {
			const base = path.dirname(manifest);
			const labels = [...descendants(resource, 'keyword')].map((keyword) => textOf(keyword));
			const code = [...descendants(resource, 'identifier')]
				.filter((each) => textOf(childOf(each, 'catalog')).trim() === 'mingfa')
				.map((each) => textOf(childOf(each, 'entry')).trim())[0];
			const { details, caseKey } = readLabels(labels);
			return {
				path: path.normalize(path.join(base, decoded(resource.attributes.href ?? ''))),
				details: { ...(code ? { code } : {}), ...details },
				...(caseKey !== undefined && { caseKey })
			};
		});
}

type Boxes = Map<string, PictureBox>;

async function takeSource(
	reading: OpenReading,
	entries: FlatQuestion[],
	archive: Archive,
	{ source, boxes }: { source: Source; boxes: Boxes }
) {
	const place: Place = { item: source.path };
	if (!archive.has(source.path)) {
		reading.refuse(place, 'formats.qti-missing');
		return;
	}
	let item: Element;
	try {
		item = unified(parseDocument(Buffer.from(await archive.text(source.path))));
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		const { line, ...values } = error.values;
		reading.refuse({ ...place, ...(typeof line === 'number' && { line }) }, error.code, { ...values, line: line ?? 1 });
		return;
	}
	if (item.name !== 'assessmentItem') {
		if (!source.isGuess) reading.refuse(place, 'formats.not-qti');
		return;
	}
	const { details, caseKey } = source;
	const box = boxes.get(caseKey ?? '') ?? pictureBox();
	if (caseKey !== undefined) boxes.set(caseKey, box);
	const pictures = await picturesOf(item, archive, source.path);
	takeItem(reading, entries, item, {
		place,
		details,
		box,
		find: (address) => pictures.get(address),
		...(caseKey !== undefined && { caseKey })
	});
}

/** The files of a package that an item shows, by the address that it gives them. */
async function picturesOf(item: Element, archive: Archive, itemPath: string): Promise<Map<string, Buffer>> {
	const pictures = new Map<string, Buffer>();
	for (const { attributes } of descendants(item, 'img')) {
		const address = attributes.src ?? '';
		const file = path.normalize(path.join(path.dirname(itemPath), decoded(address)));
		if (!pictures.has(address) && archive.has(file) && pictures.size < pictureLimits.each)
			pictures.set(address, await archive.bytes(file));
	}
	return pictures;
}

interface TakenItem {
	place: Place;
	details: Details;
	caseKey?: string;
	box: PictureBox;
	find: FindPicture;
}

function takeItem(
	reading: OpenReading,
	entries: FlatQuestion[],
	item: Element,
	{ place, details, caseKey, box, find }: TakenItem
): void {
	const wording = readItem(item, {
		inCase: caseKey !== undefined,
		picture: box.from(find),
		lose: (feature) => reading.lose(place, feature),
		refuse: (code, values) => reading.refuse(place, code, values)
	});
	const { pictures } = box;
	if (wording) entries.push({ place, details, wording, pictures, ...(caseKey !== undefined && { caseKey }) });
}

/** The same document with the names of the older editions, and pictures as pictures however they were put in. */
function unified(element: Element): Element {
	const isOurs = element.name.startsWith('qti-');
	const attributes = isOurs
		? Object.fromEntries(Object.entries(element.attributes).map(([key, each]) => [unhyphened(key), each]))
		: element.attributes;
	if (element.name === 'object' && attributes.type?.startsWith('image/'))
		return {
			...element,
			name: 'img',
			attributes: { src: attributes.data ?? '', alt: textOf(element).trim() },
			children: []
		};
	const children = element.children.map((each) => (typeof each === 'string' ? each : unified(each)));
	return { ...element, name: isOurs ? unhyphened(element.name) : element.name, attributes, children };
}
