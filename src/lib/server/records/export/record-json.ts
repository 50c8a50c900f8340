import { verifyAddress } from '../../certificates/credential.ts';
import type { SignedIn } from '../../platform/context.ts';
import { eachLook } from '../looks.ts';
import type { Asked, Exported } from './export-record.ts';
import { eachPaper } from './papers.ts';

/** Raised by one whenever a field changes its meaning or goes; fields that are added leave it. See docs/record-export.md. */
export const recordVersion = 1;

/** The record as one JSON document, written field by field; papers and looks as they are read. */
export async function* recordJson(ctx: SignedIn, { own, corrections, proofs }: Exported, { origin }: Asked) {
	const { person, posts, courses, lessons, exams, events, trainings, years, cases, results, exemptions } = own;
	const head = {
		format: 'mingfa-record',
		version: recordVersion,
		exportedAt: ctx.now,
		exportedFrom: origin,
		person,
		posts: posts.map(({ title, unit, leadershipLevel, rank, kind, primary, startsOn, endsOn, document }) => ({
			...{ title, unit, leadershipLevel, rank, kind, primary, startsOn, endsOn, document }
		})),
		courses,
		lessons,
		exams,
		events,
		externalTraining: trainings.map(({ proofId, file, personId: _, unitId: __, ...training }) => ({
			...training,
			proof: pathOf(proofs, proofId) ?? file
		})),
		hours: years,
		promotions: cases.map(
			({ items, title, fromLevel, toLevel, startsOn, dueOn, document, completedAt, cancelledAt }) => ({
				...{ title, fromLevel, toLevel, startsOn, dueOn, document, completedAt, cancelledAt, items }
			})
		),
		annualResults: results,
		exemptions,
		certificates: own.certificates.map(({ code, kind, printed, title, issuer, issuedAt, earnedAt, ...rest }) => ({
			...{ code, kind, printed, title, issuer, earnedAt, issuedAt },
			...{ revokedAt: rest.revokedAt, revokedGround: rest.revokedGround, revokedBecause: rest.revokedBecause },
			check: verifyAddress(origin, code)
		})),
		corrections: corrections.map(({ personId: _, answeredBy: __, ...correction }) => correction),
		files: proofs.map(({ path, name, type, size, sha256 }) => ({ path, name, type, size, sha256 }))
	};
	yield JSON.stringify(head, null, '\t').replace(/\n\}$/, '');
	yield* listed('papers', eachPaper(ctx, exams));
	yield* listed('looks', eachLook(ctx));
	yield '\n}\n';
}

const pathOf = (proofs: Exported['proofs'], id: string) => proofs.find((proof) => proof.id === id)?.path;

async function* listed(name: string, rows: AsyncIterable<unknown>) {
	yield `,\n\t${JSON.stringify(name)}: [`;
	let count = 0;
	for await (const row of rows) yield `${count++ > 0 ? ',' : ''}\n\t\t${JSON.stringify(row)}`;
	yield `${count > 0 ? '\n\t' : ''}]`;
}
