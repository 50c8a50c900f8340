import { keepQuestionImport } from '#lib/server/questions/exchange/kept-imports.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { as, type Unit } from './units.ts';

let made = 0;

/** A file of one question that its uploader has not decided about. */
export async function aQuestionImport(
	ctx: Context,
	{ unit, by, file }: { unit: Unit; by: { id: string }; file?: string }
): Promise<{ id: string; fileName: string }> {
	const fileName = `questions-${++made}.gift`;
	const acting = as(ctx, by.id, { role: 'author', unit }) as SignedIn;
	const id = await keepQuestionImport(acting, {
		unitId: unit.id,
		use: 'practice',
		fileName,
		file: Buffer.from(file ?? `第${made}题：试用期最长几个月？{=六个月 ~三个月}`)
	});
	return { id, fileName };
}
