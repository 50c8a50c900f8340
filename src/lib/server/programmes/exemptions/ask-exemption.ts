import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { exemptions } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/exemptions.ts';
import { provenGrounds } from '#lib/schemas/exemptions.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { getPerson } from '../../people/queries.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid, notFound, violatedConstraint } from '../../platform/errors.ts';
import { proofs } from '../../platform/files/file-type.ts';
import { keepFile, type Upload } from '../../platform/files/keep-file.ts';
import { newId } from '../../platform/ids.ts';
import { nearestHolders } from '../../units/nearest-holders.ts';
import { demandLater, lockDuty } from './lock-duty.ts';

/**
 * Asks that somebody need not do something, or only later: the person for themselves, or whoever assigns training on their
 * behalf. The person, and those who may decide, are told. @returns the id of the request
 * @throws invalid exemption.past | exemption.not-later | exemption.after-expiry at `until`, exemption.no-duty at `kind`, upload.no-file | file.… at `proof`,
 *   conflict exemption.asked-already | exemption.nothing-left | exemption.exempt-already, not-found person | obligation
 */
export function askExemption(
	ctx: SignedIn,
	input: v.InferOutput<typeof schemas.askExemption>,
	proof?: Upload
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { obligationId, kind, ground, reason, until } = input;
		const person = await getMeant(ctx, input.personId ?? ctx.actor.personId);
		if (kind === 'deferral' && !obligationId) throw invalid('exemption.no-duty', { field: 'kind' });
		if (until && until < dateOf(ctx.now)) throw invalid('exemption.past', { field: 'until' });
		const duty = obligationId ? await lockDuty(ctx, obligationId, person.id) : null;
		if (kind === 'deferral' && duty && until) demandLater(ctx, duty, until);
		if (!proof && provenGrounds.includes(ground)) throw invalid('upload.no-file', { field: 'proof' });

		const id = newId();
		const proofId = proof ? await keepFile(ctx, proof, { types: proofs, field: 'proof' }) : null;
		const [personId, askedBy] = [person.id, ctx.actor.personId];
		const request = { id, personId, obligationId, kind, ground, reason, proofId, until, askedBy, askedAt: ctx.now };
		await atomically(ctx, ({ db }) => db.insert(exemptions).values(request)).catch((error: unknown) => {
			if (violatedConstraint(error)?.startsWith('exemptions_one_')) throw conflict('exemption.asked-already');
			throw error;
		});

		await tell(ctx, id, person);
		await record(ctx, 'exemption.asked', id, { personId, obligationId });
		return id;
	});
}

/** Oneself, or somebody whom the actor may assign training. @throws not-found person, conflict exemption.not-serving */
async function getMeant(ctx: SignedIn, personId: string) {
	const person =
		personId === ctx.actor.personId ? await getSelf(ctx) : await getPerson(ctx, personId, 'training:assign');
	if (person.status !== 'active') throw conflict('exemption.not-serving');
	return person;
}

async function getSelf({ db, actor }: SignedIn) {
	const [self] = await db
		.select({ id: people.id, name: people.name, status: people.status, unitPath: units.path })
		.from(people)
		.leftJoin(units, eq(units.id, people.unitId))
		.where(eq(people.id, actor.personId));
	if (!self) throw notFound('person');
	return self;
}

type Meant = { id: string; name: string; unitPath: string | null };

async function tell(ctx: SignedIn, id: string, { id: personId, name, unitPath }: Meant): Promise<void> {
	const deciders = await nearestHolders(ctx, 'exemption:decide', unitPath ?? '', [personId, ctx.actor.personId]);
	await notify(ctx, deciders, {
		...{ kind: 'exemption_asked', occasion: id },
		href: `/manage/exemptions/${id}`,
		values: { name }
	});
	if (personId === ctx.actor.personId) return;
	await notify(ctx, [personId], { kind: 'exemption_filed', occasion: id, href: '/exemptions' });
}
