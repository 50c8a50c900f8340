import path from 'node:path';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { m } from '#lib/paraglide/messages.js';
import { questionUses, type QuestionUse } from '#lib/schemas/questions.ts';
import '#lib/server/jobs/subscriptions.ts';
import { importingActor } from '#lib/server/people/roster/importing-actor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { DomainError, notFound } from '#lib/server/platform/errors.ts';
import { keeperOf, keepingOf } from '#lib/server/questions/exchange/find-keeper.ts';
import { type Imported, importQuestions } from '#lib/server/questions/exchange/import-questions.ts';
import { previewQuestions } from '#lib/server/questions/exchange/preview-questions.ts';
import { formatNames, type FormatName } from '#lib/server/questions/formats/all-formats.ts';
import { readQuestionFile } from '#lib/server/questions/formats/read-file.ts';
import { findAccount } from '#lib/server/sessions/find-account.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { featureInWords, placeInWords, reasonInWords } from '#lib/server/web/formats-in-words.ts';
import { complain, onlyFile, readNamed, say } from './command.ts';
import { withDatabase } from './database.ts';
import { oneOf } from './one-of.ts';

/** Runs `mingfa import questions …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			format: { type: 'string' },
			unit: { type: 'string' },
			by: { type: 'string' },
			use: { type: 'string' },
			'dry-run': { type: 'boolean' },
			json: { type: 'boolean' }
		}
	});
	const name = onlyFile(positionals, 'import questions');
	const format = oneOf<FormatName>(values.format, formatNames, '--format');
	const use = oneOf<QuestionUse>(values.use, questionUses, '--use') ?? 'practice';
	const file = await readNamed(name);
	try {
		const { reading } = await readQuestionFile(file, path.basename(name), format);
		const done = await withDatabase(async (platform): Promise<Imported> => {
			const { ctx, unit } = await keepingOf(platform, values.unit);
			const authorId = values.by === undefined ? undefined : await authorNamed(platform, values.by);
			const acting = authorId === undefined ? ctx : { ...platform, actor: await importingActor(platform, authorId) };
			if (values['dry-run']) {
				const { ready, refused } = await previewQuestions(acting, unit.id, reading);
				const imported = ready.map(({ place }) => ({ place, code: '' }));
				return { imported, refused, unsupported: reading.unsupported };
			}
			const author = authorId ?? (await keeperOf(platform, unit.path));
			return importQuestions(acting, { unitId: unit.id, authorId: author, use, reading });
		});
		report(done, { isJson: values.json ?? false, isDry: values['dry-run'] ?? false });
		return done.refused.length > 0 ? 2 : 0;
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		const reason = errorMessage(error.code, error.values);
		if (values.json)
			say(JSON.stringify({ imported: 0, refused: [], unsupported: [], failure: { code: error.code, reason } }));
		else complain(reason);
		return 1;
	}
}

async function authorNamed(ctx: Context, name: string): Promise<string> {
	const account = await findAccount(ctx, name);
	if (account) return account;
	const [person] = await ctx.db.select({ id: people.id }).from(people).where(eq(people.staffNumber, name));
	if (!person) throw notFound('person');
	return person.id;
}

function report(
	{ imported, refused, unsupported }: Imported,
	{ isJson, isDry }: { isJson: boolean; isDry: boolean }
): void {
	if (isJson) {
		const lines = {
			imported: imported.length,
			refused: refused.map(({ place, code, values }) => ({ ...place, code, reason: reasonInWords({ code, values }) })),
			unsupported: unsupported.map(({ place, feature }) => ({ ...place, feature, text: featureInWords(feature) }))
		};
		say(JSON.stringify(lines, null, '\t'));
		return;
	}
	for (const refusal of refused) complain(`${placeInWords(refusal.place)}: ${reasonInWords(refusal)}`);
	for (const { place, feature } of unsupported)
		complain(`${placeInWords(place)}: ${m.formats_left_behind({ what: featureInWords(feature) })}`);
	const counts = { count: imported.length, refused: refused.length };
	say(isDry ? m.formats_would_import(counts) : m.formats_imported(counts));
}
