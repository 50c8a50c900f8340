import { fieldNames, valueInWords } from '#lib/format/roster.ts';
import { m } from '#lib/paraglide/messages.js';
import { type RosterField, rosterFields } from '#lib/schemas/roster.ts';
import type { Sheet } from '../../platform/xlsx.ts';
import type { RosterImport, RosterImportRow } from './queries.ts';

type Problem = NonNullable<RosterImportRow['problems']>[number];

/** A problem as a sentence in the reader's language. */
export type Explain = (problem: Problem) => string;

/** What became of every row of an import: its number in the file, what was written, or why it was not. */
export function resultSheet(
	{ fileName, status }: Pick<RosterImport, 'fileName' | 'status'>,
	rows: AsyncIterable<RosterImportRow>,
	explain: Explain
): Sheet<RosterImportRow> {
	return {
		title: m.roster_result_file({ file: fileName }),
		columns: [
			{ header: m.roster_row(), width: 8, value: ({ row }) => row },
			{ header: fieldNames.staffNumber(), value: ({ values }) => values.staffNumber },
			{ header: fieldNames.name(), value: ({ values }) => values.name },
			{ header: m.roster_outcome(), value: (row) => outcomeOf(row, status) },
			{
				header: m.roster_reasons(),
				width: 60,
				value: ({ problems }) => problems?.map((problem) => problemInWords(problem, explain)).join(' ')
			},
			{ header: m.roster_changes(), width: 60, value: ({ changes }) => changesInWords(changes) }
		],
		rows
	};
}

function outcomeOf({ verdict, selected }: RosterImportRow, status: RosterImport['status']): string {
	if (verdict === 'wrong') return m.roster_outcome_refused();
	if (verdict === 'unchanged') return m.roster_outcome_unchanged();
	if (status !== 'committed') return m.roster_outcome_waiting();
	if (!selected) return m.roster_outcome_left_out();
	return verdict === 'new' ? m.roster_outcome_hired() : m.roster_outcome_changed();
}

/** Where the problem is, and what it is. */
export function problemInWords(problem: Problem, explain: Explain): string {
	return problem.field
		? m.roster_problem({ field: fieldNames[problem.field as RosterField](), reason: explain(problem) })
		: explain(problem);
}

/** Each change, its values in words; `from` is null where there was nothing. */
export function listChanges(
	changes: RosterImportRow['changes']
): { field: RosterField; from: string | null; to: string }[] {
	return rosterFields.flatMap((field) => {
		const change = changes?.[field];
		if (!change) return [];
		return {
			field,
			from: change.from === null ? null : valueInWords(field, change.from),
			to: valueInWords(field, change.to)
		};
	});
}

/** The same as one text: “职务：科员改为副处长”. */
function changesInWords(changes: RosterImportRow['changes']): string {
	const said = listChanges(changes).map(({ field, from, to }) => {
		const name = fieldNames[field]();
		return from === null ? m.roster_change_first({ field: name, to }) : m.roster_change({ field: name, from, to });
	});
	return said.join(' · ');
}
