import { bandName, gradeWords, limitName } from '#lib/components/assessments/words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Sheet } from '../../platform/xlsx.ts';
import { ineligibleFor } from '../eligibility.ts';
import type { Scheme } from '../schemes/read-scheme.ts';
import type { Graded } from './list-grades.ts';

/**
 * The sheet for the assessment committee: what law study says of each person, with a note where a rule stands against 优秀, and
 * an empty column for the grade that the committee decides. The filled-in sheet can be brought back.
 */
export function committeeSheet(rows: AsyncIterable<Graded>, schemes: readonly Scheme[]): Sheet<Graded> {
	const byId = new Map(schemes.map((scheme) => [scheme.id, scheme]));
	return {
		title: m.assessments_committee(),
		rows,
		columns: [
			{ header: m.assessments_staff_number(), value: (row) => row.staffNumber },
			{ header: m.assessments_name(), value: (row) => row.name },
			{ header: m.assessments_unit(), width: 28, value: (row) => row.unit },
			{ header: m.assessments_post(), width: 18, value: (row) => row.title },
			{ header: m.assessments_score(), value: (row) => row.score },
			{ header: m.assessments_band(), value: (row) => bandName(row.band) },
			{ header: m.assessments_note(), width: 60, value: (row) => noteOf(row, byId.get(row.schemeId)) },
			{ header: m.assessments_grade(), value: (row) => (row.grade ? gradeWords[row.grade]() : '') }
		]
	};
}

function noteOf(row: Graded, scheme: Scheme | undefined): string {
	const note = scheme && ineligibleFor(row, scheme);
	if (!note) return '';
	const because = note.because.map(({ limit }) => limitName(limit)).join(m.assessments_and()) || bandName(note.band);
	const basis = [...new Set(note.because.map((each) => each.basis))].join(m.assessments_and()) || note.basis;
	return m.assessments_note_ineligible({ because, basis });
}
