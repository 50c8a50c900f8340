import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { type ExchangeFormat, exchangeFormats } from '#lib/schemas/question-exchange.ts';
import { type QuestionFilter, questionFilter } from '#lib/schemas/questions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { exportItem, exportQuestions } from '#lib/server/questions/exchange/export-questions.ts';
import { keepingOf } from '#lib/server/questions/exchange/find-keeper.ts';
import type { Lose } from '#lib/server/questions/formats/format.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { featureInWords, placeInWords } from '#lib/server/web/formats-in-words.ts';
import { complain, say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';
import { oneOf } from './one-of.ts';

export const summary = 'Write questions of the bank into a file';

export const usage = `Usage: mingfa export questions --format FORMAT --out FILE [FILTERS] [--json]

Writes questions as they are asked today, or as they are drafted where they were never published. That it was done stands
in the audit record.

  --format FORMAT   xlsx, csv, gift, aiken, moodle-xml, qti21, qti22 or qti3
  --out FILE        where to; of QTI, a name that ends in .xml takes one question as one item
  --json            print { exported, unsupported: [{ item, feature, text }] }

Filters, all of which have to hold:

  --unit CODE       of this unit or one below it (default: the whole tree)
  --origin ORIGIN   bank or course (default: bank)
  --kind KIND       single, multiple, true-false, fill-in, numeric, matching, ordering, short-answer, essay or case
  --state STATE     unpublished, published or retired (default: all but retired)
  --use USE         practice, exam or both
  --topic TOPIC     --tag TAG     --statute SLUG     --article NUMBER     --difficulty 1…5
  --q WORDS         words of the stem, or the code of one question

Exit codes: 0 everything is in the file, 2 some questions have no place in the format, 1 no file was written.`;

const filters = ['origin', 'kind', 'state', 'use', 'topic', 'tag', 'statute', 'article', 'difficulty', 'q'] as const;

/** Runs `mingfa export …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const text = { type: 'string' } as const;
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			format: text,
			out: text,
			unit: text,
			json: { type: 'boolean' },
			...(Object.fromEntries(filters.map((name) => [name, text])) as Record<(typeof filters)[number], typeof text>)
		}
	});
	const format = oneOf<ExchangeFormat>(values.format, exchangeFormats, '--format');
	if (positionals.join(' ') !== 'questions' || !format || !values.out)
		throw new WrongUsage('Say "export questions", --format and --out');
	const { out } = values;
	const filter = filterOf({ ...values, origin: values.origin ?? 'bank' });
	const { lose, close } = openReport(values.json ?? false);
	try {
		const exported = await withDatabase(async (platform) => {
			const { ctx, unit } = await keepingOf(platform, values.unit);
			const actor = { ...ctx.actor, grants: [{ role: 'legal' as const, unitPath: unit.path }] };
			return write({ ...ctx, actor }, { filter, format, out, lose });
		});
		return close(exported);
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		complain(errorMessage(error.code, error.values));
		return 1;
	}
}

/** What a filter does not understand narrows nothing in an address; on a command line it is a mistake. @throws WrongUsage */
function filterOf(values: Record<string, unknown>): QuestionFilter {
	const filter = v.parse(questionFilter, values);
	const lost = filters.find((name) => values[name] !== undefined && filter[name] !== String(values[name]).trim());
	if (lost) throw new WrongUsage(`--${lost} ${String(values[lost])} makes no sense`);
	return filter;
}

interface Asked {
	filter: QuestionFilter;
	format: ExchangeFormat;
	out: string;
	lose: Lose;
}

/** Writes beside the file first, so that a failure leaves what was there. */
async function write(ctx: Context, { filter, format, out, lose }: Asked): Promise<number> {
	const part = `${out}.part`;
	try {
		if (out.endsWith('.xml') && (format === 'qti21' || format === 'qti22' || format === 'qti3')) {
			await writeFile(part, await exportItem(ctx, { filter, format, lose }));
			await rename(part, out);
			return 1;
		}
		const { count, pieces } = await exportQuestions(ctx, { filter, format, lose });
		await pipeline(pieces, createWriteStream(part));
		await rename(part, out);
		return count;
	} finally {
		await rm(part, { force: true });
	}
}

/** Says what a format cannot carry as soon as it is found: memory stays flat however much that is. */
function openReport(isJson: boolean) {
	let [told, left] = [0, 0];
	const head = '{\n\t"unsupported": [';
	const lose: Lose = (place, feature) => {
		const text = featureInWords(feature);
		if (feature === 'question') left++;
		if (isJson) process.stdout.write(`${told === 0 ? head : ','}\n\t\t${JSON.stringify({ ...place, feature, text })}`);
		else complain(`${placeInWords(place)}: ${m.formats_not_carried({ what: text })}`);
		told++;
	};
	return {
		lose,
		/** Says how many are in the file. Gives the exit code. */
		close(count: number): number {
			const exported = Math.max(0, count - left);
			if (isJson) say(`${told === 0 ? head : ''}\n\t],\n\t"exported": ${exported}\n}`);
			else say(m.formats_exported({ count: exported }));
			return left > 0 ? 2 : 0;
		}
	};
}
