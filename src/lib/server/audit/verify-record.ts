import { demand } from '../access/scope.ts';
import { atomically, type Context } from '../platform/context.ts';
import { forbidden } from '../platform/errors.ts';
import { chainEntries } from './chain-entries.ts';
import { readsWholeRecord } from './list-entries.ts';
import { record } from './record.ts';
import { type ChainReport, verifyChain } from './verify-chain.ts';

/**
 * Verifies the whole chain and writes down what was found. Takes the ability over the whole tree.
 * @throws forbidden access.forbidden
 */
export async function verifyRecord(ctx: Context): Promise<ChainReport> {
	demand(ctx, 'audit:view');
	if (!readsWholeRecord(ctx.actor)) throw forbidden();
	return verifyAndRecord(ctx);
}

/** The same for whoever has a shell on the server. */
export function verifyAndRecord(ctx: Context): Promise<ChainReport> {
	return atomically(ctx, async (ctx) => {
		await chainEntries(ctx);
		const report = await verifyChain(ctx);
		await record(ctx, 'audit.verified', null, report);
		return report;
	});
}
