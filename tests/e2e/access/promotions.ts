import { eq } from 'drizzle-orm';
import { promotionRequirements } from '#db/schema/promotions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { keepFile } from '#lib/server/platform/files/keep-file.ts';
import { aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { aPromotion } from '../../factories/promotions.ts';
import { aProgramme } from '../../factories/requirements.ts';
import { as, type Unit } from '../../factories/units.ts';
import type { Rows, SentFile } from '../route-access.ts';

const pdf: SentFile = {
	name: 'proof.pdf',
	mimeType: 'application/pdf',
	buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
};
const sheet: SentFile = {
	name: 'cohort.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from('工号,任职日期,原任层次,新任层次,任免文号\n无此人,2026-05-08,,乡科级副职,\n')
};

/** A case of somebody there with a class before them. */
async function aWaitingCase(ctx: Context, unit: Unit): Promise<void> {
	const { id } = await aPromotion(ctx, { unit });
	const asks = { kind: 'event', eventKind: 'training-class', eventPurpose: 'newly-promoted' } as const;
	const { requirements } = await aProgramme(ctx, { requirements: [asks] });
	await ctx.db
		.insert(promotionRequirements)
		.values({ promotionId: id, requirementId: requirements[0]!.id, dueOn: '2027-03-01' });
}

/** A case of somebody there that asks for one course. */
async function anItem(ctx: Context, unit: Unit) {
	const { id } = await aPromotion(ctx, { unit, courses: [await aCourse(ctx)] });
	const [item] = await ctx.db.select().from(promotionRequirements).where(eq(promotionRequirements.promotionId, id));
	return { promotionId: id, itemId: item!.id };
}

export const rows: Rows = {
	'/(app)/manage/promotions': {
		open: 'to-holders',
		ability: 'promotion:view',
		shows: async ({ ctx, unit }) => {
			const person = await aPerson(ctx, { unit });
			await aPromotion(ctx, { person, courses: [await aCourse(ctx)] });
			return person.name;
		},
		actions: {
			cancel: async ({ ctx, unit }) => ({
				promotionId: (await aPromotion(ctx, { unit })).id,
				because: '任免文件已撤销'
			}),
			plan: async ({ ctx, unit }) => {
				await aWaitingCase(ctx, unit);
				return { unitId: unit.id, title: '任职培训班' };
			}
		}
	},
	'/(app)/manage/promotions/export': { open: 'to-holders', ability: 'promotion:view', shows: 'everything' },
	'/(app)/manage/promotions/[promotion]': {
		open: 'to-holders',
		ability: 'promotion:view',
		acts: 'promotion:edit',
		params: async ({ ctx, unit }) => ({ promotion: (await aPromotion(ctx, { unit })).id }),
		actions: {
			exempt: async ({ ctx, unit }) => {
				const { promotionId, itemId } = await anItem(ctx, unit);
				return { promotionId, 'itemIds[]': itemId, ground: 'legal-qualification', reason: '证书A2019', proof: pdf };
			},
			postpone: async ({ ctx, unit }) => ({ ...(await anItem(ctx, unit)), dueOn: '2028-01-31', reason: '长期病假' })
		}
	},
	'/(app)/manage/promotions/[promotion]/proof/[file]': {
		open: 'to-holders',
		ability: 'promotion:edit',
		params: async ({ ctx, unit, holder }) => {
			const { promotionId, itemId } = await anItem(ctx, unit);
			const upload = { name: pdf.name, bytes: pdf.buffer };
			const file = await keepFile(as(ctx, holder.id), upload, { types: ['pdf'] });
			const exempt = { exemptAt: ctx.now, exemptBy: holder.id, exemptReason: '证书', exemptProofId: file };
			await ctx.db
				.update(promotionRequirements)
				.set({ ...exempt, exemptGround: 'legal-qualification' })
				.where(eq(promotionRequirements.id, itemId));
			return { promotion: promotionId, file };
		}
	},
	'/(app)/manage/promotions/import': {
		open: 'to-holders',
		ability: 'promotion:edit',
		outOfReach: 200, // a sheet is read wherever it comes from; nobody out of reach is found in it
		shows: 'everything',
		actions: { default: () => ({ file: sheet }) }
	},
	'/(app)/manage/promotions/programme': {
		open: 'to-holders',
		ability: 'settings:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything',
		actions: { default: () => ({ months: '12' }) }
	}
};
