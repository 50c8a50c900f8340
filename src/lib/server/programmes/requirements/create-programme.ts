import type * as v from 'valibot';
import { programmes, programmeVersions } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/requirements.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';

/** Begins a programme as a draft that asks for nothing yet. @returns its id @throws not-found unit.not-found */
export function createProgramme(
	ctx: SignedIn,
	{ unitId, title, summary }: v.InferOutput<typeof schemas.createProgramme>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		await getUnit(ctx, unitId, 'programme:edit');
		const id = newId();
		const made = { createdBy: ctx.actor.personId, createdAt: ctx.now };
		await ctx.db.insert(programmes).values({ id, unitId, title, summary: summary ?? '', ...made });
		await ctx.db.insert(programmeVersions).values({ id: newId(), programmeId: id, number: 1, ...made });
		await record(ctx, 'programme.drafted', id, { unitId, number: 1 });
		return id;
	});
}
