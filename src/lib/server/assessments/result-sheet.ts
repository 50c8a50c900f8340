import { bandName, componentWords, limitName } from '#lib/components/assessments/words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Sheet } from '../platform/xlsx.ts';
import type { Cycle } from './cycle/read-cycle.ts';
import type { ListedResult } from './queries.ts';
import type { Scheme } from './schemes/read-scheme.ts';

/** The unit table as a spreadsheet: a row for each person, then the lines for signature and seal, and the digest once closed. */
export function resultSheet(
	rows: AsyncIterable<ListedResult>,
	schemes: readonly Scheme[],
	{ digest }: Pick<Cycle, 'digest'>
): Sheet<ListedResult | string> {
	const parts = schemes.length === 1 ? schemes[0]!.rule.components : [];
	const of =
		<Value>(value: (row: ListedResult) => Value) =>
		(row: ListedResult | string) =>
			typeof row === 'string' ? null : value(row);
	return {
		title: m.nav_results(),
		rows: withLines(rows, digest),
		columns: [
			{
				header: m.assessments_staff_number(),
				width: 18,
				value: (row) => (typeof row === 'string' ? row : row.staffNumber)
			},
			{ header: m.assessments_name(), value: of((row) => row.name) },
			{ header: m.assessments_unit(), width: 28, value: of((row) => row.unit) },
			{ header: m.assessments_post(), width: 18, value: of((row) => row.title) },
			...parts.map(({ kind, weight }, index) => ({
				header: `${componentWords[kind]()} ${weight}%`,
				value: of((row: ListedResult) => (row.parts[index] == null ? null : row.parts[index] / 100))
			})),
			{ header: m.assessments_draft_score(), value: of((row) => row.draftScore) },
			{ header: m.assessments_score(), value: of((row) => row.score) },
			{ header: m.assessments_band(), value: of((row) => bandName(row.band)) },
			{
				header: m.assessments_limits(),
				width: 30,
				value: of((row) => row.limits.map(limitName).join(m.assessments_and()))
			}
		]
	};
}

async function* withLines(
	rows: AsyncIterable<ListedResult>,
	digest: Buffer | null
): AsyncGenerator<ListedResult | string> {
	yield* rows;
	for (const line of [m.assessments_sign_made(), m.assessments_sign_checked(), m.assessments_sign_leader()])
		yield `${line}：____________`;
	yield `${m.assessments_seal()}\u3000${m.assessments_date_line()}`;
	if (digest) yield `${m.assessments_digest()} ${digest.toString('hex')}`;
}
