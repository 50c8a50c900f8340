import {
	AlignmentType,
	BorderStyle,
	Document,
	Footer,
	HeadingLevel,
	LineRuleType,
	Packer,
	PageNumber,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType
} from 'docx';
import type { Block, Outline } from '#lib/format/outline.ts';

/*
 * The usual format of official documents (GB/T 9704—2012): A4, margins of 37, 35, 28 and 26 mm, title in 小标宋 of size 2, text in
 * 仿宋 of size 3 with 28 points of leading, first headings in 黑体, second in 楷体, third in 仿宋 bold. Fonts are named, not embedded:
 * where one is missing, Word takes what it has for Chinese.
 */
const fonts = {
	title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' },
	text: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' },
	first: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
	second: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体_GB2312' }
};

const millimetre = 1440 / 25.4;
const margins = { top: 37, bottom: 35, left: 28, right: 26 };
/** Half points: size 2 is 22 pt, size 3 is 16 pt, size 4 is 14 pt, small size 4 is 12 pt. */
const size = { title: 44, text: 32, table: 24, note: 24 };
const leading = { line: 560, lineRule: LineRuleType.EXACT };
/** Two characters of size 3. */
const indent = { firstLine: 640 };

/** A document for Word. */
export async function writeDocx({ title, subtitle, blocks }: Outline): Promise<Buffer> {
	const document = new Document({
		title,
		creator: '明法 Mingfa',
		styles: { default: { document: { run: { font: fonts.text, size: size.text } } } },
		sections: [
			{
				properties: {
					page: {
						size: { width: Math.round(210 * millimetre), height: Math.round(297 * millimetre) },
						margin: Object.fromEntries(
							Object.entries(margins).map(([side, width]) => [side, Math.round(width * millimetre)])
						)
					}
				},
				footers: { default: pageNumber() },
				children: [
					centred(title, { font: fonts.title, size: size.title }),
					...(subtitle ? [centred(subtitle, { size: size.text })] : []),
					new Paragraph({ spacing: leading }),
					...blocks.flatMap(partsOf)
				]
			}
		]
	});
	return Packer.toBuffer(document);
}

type Run = { font?: (typeof fonts)['text']; size?: number; bold?: boolean };

const centred = (text: string, run: Run) =>
	new Paragraph({
		alignment: AlignmentType.CENTER,
		spacing: { after: 120 },
		children: [new TextRun({ text, ...run })]
	});

const headings = {
	1: { level: HeadingLevel.HEADING_1, run: { font: fonts.first, bold: false } },
	2: { level: HeadingLevel.HEADING_2, run: { font: fonts.second, bold: false } },
	3: { level: HeadingLevel.HEADING_3, run: { font: fonts.text, bold: true } }
};

function partsOf(block: Block): (Paragraph | Table)[] {
	switch (block.kind) {
		case 'heading': {
			const { level, run } = headings[block.level];
			const text = new TextRun({ text: block.text, size: size.text, color: '000000', ...run });
			return [new Paragraph({ heading: level, spacing: leading, indent, keepNext: true, children: [text] })];
		}
		case 'paragraph':
			return [new Paragraph({ spacing: leading, indent, children: [new TextRun({ text: block.text })] })];
		case 'note':
			return [
				new Paragraph({
					spacing: { before: 60, after: 60 },
					children: [new TextRun({ text: block.text, size: size.note })]
				})
			];
		case 'table':
			return [tableOf(block), new Paragraph({ spacing: leading })];
		case 'signatures':
			return block.lines.map(
				({ label, value }) =>
					new Paragraph({
						spacing: leading,
						indent,
						children: [new TextRun({ text: `${label}${value ? ` ${value}` : ''}` })]
					})
			);
	}
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const borders = { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line };

function tableOf({ head, rows, numeric }: Extract<Block, { kind: 'table' }>): Table {
	const cell = (text: string, column: number, bold: boolean) =>
		new TableCell({
			children: [
				new Paragraph({
					alignment: numeric.includes(column) && !bold ? AlignmentType.RIGHT : AlignmentType.LEFT,
					children: [new TextRun({ text, bold, size: head.length > 6 ? 18 : size.table })]
				})
			]
		});
	return new Table({
		width: { size: 100, type: WidthType.PERCENTAGE },
		borders,
		rows: [
			new TableRow({ tableHeader: true, children: head.map((text, column) => cell(text, column, true)) }),
			...rows.map(
				(row) => new TableRow({ cantSplit: true, children: row.map((text, column) => cell(text, column, false)) })
			)
		]
	});
}

/** — 1 —, as official documents number their pages. */
const pageNumber = () =>
	new Footer({
		children: [
			new Paragraph({
				alignment: AlignmentType.CENTER,
				children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 28 })]
			})
		]
	});
