import { and, asc, eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { isId } from '../../platform/ids.ts';

/** The papers of one candidate within reach, for whoever decides about them. Undefined where the person is no candidate there. */
export async function findPapers({ db, actor }: SignedIn, examId: string, personId: string) {
	if (!isId(personId)) return undefined;
	const [candidate] = await db
		.select({ personId: people.id, name: people.name, staffNumber: people.staffNumber, unit: units.name })
		.from(examCandidates)
		.innerJoin(people, eq(people.id, examCandidates.personId))
		.innerJoin(units, eq(units.id, examCandidates.unitId))
		.where(
			and(
				eq(examCandidates.examId, examId),
				eq(examCandidates.personId, personId),
				within(actor, 'exam:view', units.path)
			)
		);
	if (!candidate) return undefined;
	const attempts = await db
		.select({
			id: examAttempts.id,
			number: examAttempts.number,
			state: examAttempts.state,
			score: examAttempts.score,
			total: examAttempts.total,
			startedAt: examAttempts.startedAt,
			submittedAt: examAttempts.submittedAt,
			voidedBecause: examAttempts.voidedBecause,
			incidents: sql<{ kind: string; count: number }[]>`(
				select coalesce(json_agg(json_build_object('kind', kind, 'count', count) order by kind), '[]')
				from (select kind, count(*)::int from exam_incidents i where i.attempt_id = ${examAttempts.id} group by kind) x)`
		})
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, personId)))
		.orderBy(asc(examAttempts.number));
	return { ...candidate, attempts };
}
