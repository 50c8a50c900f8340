import { newId } from '#lib/server/platform/ids.ts';
import { anExemption } from '../../factories/exemptions.ts';
import { aPdf } from '../../factories/files.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';
import { files } from '#db/schema/files.ts';

const because = '材料不足';

const aRequest = async ({ ctx, unit }: Place) => anExemption(ctx, { person: await aPerson(ctx, { unit }) });

async function aProvenRequest({ ctx, unit }: Place): Promise<string> {
	const person = await aPerson(ctx, { unit });
	const bytes = aPdf();
	const proofId = newId();
	await ctx.db.insert(files).values({
		...{ id: proofId, name: 'proof.pdf', type: 'application/pdf', size: bytes.length, hash: 'h', bytes },
		...{ broughtBy: person.id, broughtAt: ctx.now }
	});
	return (await anExemption(ctx, { person, proofId })).id;
}

export const rows: Rows = {
	'/(app)/exemptions': { open: 'to-the-signed-in', actions: { withdraw: () => ({ exemptionId: newId() }) } },
	'/(app)/exemptions/new': {
		open: 'to-the-signed-in',
		actions: {
			default: () => ({
				...{ kind: 'exemption', ground: 'illness', reason: '术后休养', until: '', obligationId: '' },
				proof: { name: 'proof.pdf', mimeType: 'application/pdf', buffer: aPdf() }
			})
		}
	},
	'/(app)/exemptions/[exemption]/proof': {
		open: 'to-holders',
		ability: 'exemption:decide',
		params: async (place) => ({ exemption: await aProvenRequest(place) })
	},
	'/(app)/manage/exemptions': {
		open: 'to-holders',
		ability: 'exemption:decide',
		shows: async ({ ctx, unit }) => {
			const person = await aPerson(ctx, { unit });
			await anExemption(ctx, { person });
			return person.name;
		},
		actions: {
			approve: async (place) => ({ 'exemptionIds[]': (await aRequest(place)).id })
		}
	},
	'/(app)/manage/exemptions/[exemption]': {
		open: 'to-holders',
		ability: 'exemption:decide',
		params: async (place) => ({ exemption: (await aRequest(place)).id }),
		actions: {
			decide: async (place) => ({ exemptionId: (await aRequest(place)).id, decision: 'refuse', because }),
			end: async ({ ctx, unit }) => {
				const { id: decidedBy } = await aPerson(ctx, { unit });
				const decided = { state: 'approved', decidedBy, decidedAt: ctx.now } as const;
				return {
					exemptionId: (await anExemption(ctx, { person: await aPerson(ctx, { unit }), ...decided })).id,
					because
				};
			}
		}
	}
};
