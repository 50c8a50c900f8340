import { parseArgs } from 'node:util';
import { verifyCycles } from '#lib/server/assessments/closing/verify-cycles.ts';
import { verifyChain } from '#lib/server/audit/verify-chain.ts';
import { verifyCertificates } from '#lib/server/certificates/verify-certificates.ts';
import { listRollupDifferences } from '#lib/server/completion/verify-rollups.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';

export const summary = 'Prove that the audit record, the figures, closed years and certificates hold';
export const usage = `Usage: mingfa verify [--head DIGEST]

Recomputes the chain of the audit record from its first link, counts every figure anew, computes the results and digests of closed
years again, and holds every certificate against its seal and the run of its numbers. Exit code 1 where something does not hold.

  --head  a digest noted earlier, as the audit page shows it: proves that nothing up to it was changed or cut off

Works on DATABASE_URL, or on the private database in MINGFA_DATA.`;

type Finding = { holds: boolean; says: string };

/** Runs `mingfa verify`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values } = parseArgs({ args: argv, options: { head: { type: 'string' } } });
	const witness = values.head?.trim().toLowerCase();
	if (witness !== undefined && !/^[0-9a-f]{64}$/.test(witness)) {
		throw new WrongUsage('--head takes a digest of 64 hexadecimal digits');
	}

	const findings = await withDatabase((ctx) => verify(ctx, witness));
	for (const { holds, says } of findings) say(`${holds ? '✓' : '✗'} ${says}`);
	return findings.every(({ holds }) => holds) ? 0 : 1;
}

/** Everything that can be proved, one finding each. */
async function verify(ctx: Context, witness: string | undefined): Promise<Finding[]> {
	return [
		...(await verifyRecord(ctx, witness)),
		await verifyFigures(ctx),
		...(await verifyYears(ctx)),
		...(await verifySeals(ctx))
	];
}

/** The figures that are kept ready against the view that defines them. */
async function verifyFigures(ctx: Context): Promise<Finding> {
	const differences = await listRollupDifferences(ctx);
	const where = differences.map(({ code, year }) => `${code} (${year})`).join(', ');
	return differences.length === 0
		? { holds: true, says: 'Figures: all rollups agree with the records' }
		: { holds: false, says: `Figures: rollups differ from the records of ${where}` };
}

/** The closed years against their digests in the audit record, and their results against the frozen inputs. */
async function verifyYears(ctx: Context): Promise<Finding[]> {
	return (await verifyCycles(ctx)).map(({ year, unit, results, digest, holds, differing }) => {
		const what = `Annual assessment ${year} of ${unit}: ${results} results`;
		if (!holds) return { holds, says: `${what} do not agree with the digest that was kept` };
		if (differing)
			return { holds: false, says: `${what}, ${differing} of which do not follow from their frozen inputs` };
		return { holds, says: `${what} agree with digest ${digest}` };
	});
}

/** What certificates say against the seal of the day of issue, and their numbers against what was given out. */
async function verifySeals(ctx: Context): Promise<Finding[]> {
	const { count, broken, gaps } = await verifyCertificates(ctx);
	return [
		broken.length === 0
			? { holds: true, says: `Certificates: ${count} seals agree` }
			: { holds: false, says: `Certificates: the seal does not agree with ${broken.join(', ')}` },
		...(gaps === 0
			? []
			: [{ holds: false, says: `Certificates: ${gaps} numbers are on none, or were never given out` }])
	];
}

async function verifyRecord(ctx: Context, witness: string | undefined): Promise<Finding[]> {
	let isWitnessed = false;
	const { links, broken, head } = await verifyChain(ctx, (digest) => (isWitnessed ||= digest === witness));
	const chain =
		broken === null
			? { holds: true, says: `Audit record: ${links} links agree${head ? `; head ${head}` : ''}` }
			: { holds: false, says: `Audit record: link ${broken} does not agree with its entry` };
	if (witness === undefined) return [chain];
	return [
		chain,
		{
			holds: isWitnessed,
			says: isWitnessed ? 'The noted digest is in the chain' : 'The noted digest is not in the chain'
		}
	];
}
