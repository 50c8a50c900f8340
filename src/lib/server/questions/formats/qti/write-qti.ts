import type { ExchangeQuestion } from '../exchange-question.ts';
import { flatten, type FlatQuestion } from '../flat-questions.ts';
import type { Lose } from '../format.ts';
import { labelsOf } from '../labels.ts';
import { picturesShownIn, shownPictures } from '../picture-box.ts';
import { eachWritable, loseDetails } from '../writable.ts';
import { escapeAttribute, escapeXml } from '../xml/escape-xml.ts';
import { editions, type QtiVersion } from './qti-version.ts';
import { writeItem } from './write-item.ts';
import { zipUp } from '../../../platform/zip-up.ts';

/** Writes a package: an item for each question, and a manifest with codes and details as learning object metadata. */
export const writeQti =
	(version: QtiVersion) =>
	(questions: AsyncIterable<ExchangeQuestion>, lose: Lose, options: { now: Date }): AsyncIterable<Uint8Array> =>
		zipUp(partsOf(questions, version, lose), options);

async function* partsOf(questions: AsyncIterable<ExchangeQuestion>, version: QtiVersion, lose: Lose) {
	// The manifest comes last and names every item: some hundred bytes for each are kept until then.
	const resources: string[] = [];
	let count = 0;
	for await (const { question, number } of eachWritable(questions, lose, { pictures: true })) {
		let situation: string | undefined;
		for (const entry of flatten(question, number)) {
			const { details, wording, caseKey, place } = entry;
			const pictures = picturesShownIn([wording, isPart(entry) ? situation : ''], entry.pictures);
			const identifier = `item-${String(++count).padStart(5, '0')}`;
			const folder = `items/${identifier}`;
			const path = `${folder}/item.xml`;
			const above = isPart(entry) && situation !== undefined ? { situation } : {};
			const text = writeItem({ entry, identifier, ...above }, version, (feature) => lose(place, feature));
			if (wording.kind === 'situation') situation = wording.text;
			if (text === undefined) continue;
			const labels = labelsOf({ details, ...(caseKey !== undefined && { caseKey }) });
			const files = [path, ...pictures.map(({ name }) => `${folder}/${name}`)];
			resources.push(resource(identifier, files, version, details.code, labels));
			yield { path, text };
			for (const { name, base64 } of pictures) yield { path: `${folder}/${name}`, text: Buffer.from(base64, 'base64') };
		}
	}
	yield { path: 'imsmanifest.xml', text: manifest(resources, version) };
}

const isPart = ({ wording, caseKey }: FlatQuestion): boolean => caseKey !== undefined && wording.kind !== 'situation';

/** @param files the item, then its pictures */
function resource(
	identifier: string,
	files: string[],
	version: QtiVersion,
	code: string | undefined,
	labels: string[]
) {
	const entry =
		code === undefined
			? ''
			: `<lom:identifier><lom:catalog>mingfa</lom:catalog><lom:entry>${escapeXml(code)}</lom:entry></lom:identifier>`;
	const keywords = labels.map((label) => `<lom:keyword><lom:string>${escapeXml(label)}</lom:string></lom:keyword>`);
	const general = `<lom:lom><lom:general>${entry}${keywords.join('')}</lom:general></lom:lom>`;
	const listed = files.map((file) => `<file href="${escapeAttribute(file)}"/>`).join('');
	return `<resource identifier="${identifier}-file" type="${editions[version].resource}" href="${escapeAttribute(files[0]!)}"><metadata>${general}</metadata>${listed}</resource>`;
}

function manifest(resources: string[], version: QtiVersion): string {
	const { manifest, schema } = editions[version];
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<manifest xmlns="${manifest}" xmlns:lom="http://ltsc.ieee.org/xsd/LOM" identifier="mingfa-questions">`,
		`<metadata><schema>${schema[0]}</schema><schemaversion>${schema[1]}</schemaversion></metadata>`,
		'<organizations/>',
		`<resources>\n${resources.join('\n')}\n</resources>`,
		'</manifest>\n'
	].join('\n');
}

/** Writes one question as one item without a package around it, which has no room for its details beside the code. */
export function writeQtiItem(question: ExchangeQuestion, version: QtiVersion, lose: Lose): string | undefined {
	const [entry, ...more] = flatten(question, 1);
	if (!entry || more.length > 0) {
		lose({ item: question.code ?? '1' }, 'case');
		return undefined;
	}
	const { code: _, ...rest } = entry.details;
	if (shownPictures(entry.wording).size > 0) lose(entry.place, 'images');
	loseDetails(rest, entry.place, lose);
	return writeItem({ entry, identifier: 'item-00001' }, version, (feature) => lose(entry.place, feature));
}
