import { m } from '#lib/paraglide/messages.js';
import { bandName } from '#lib/components/assessments/band-name.ts';
import { dateOf } from '../platform/dates.ts';
import type { Sheet } from '../platform/xlsx.ts';
import type { ListedResult } from './queries.ts';

/** The results as a spreadsheet: what is listed, column by column. */
export function resultSheet(rows: AsyncIterable<ListedResult>): Sheet<ListedResult> {
	return {
		title: m.nav_results(),
		rows,
		columns: [
			{ header: m.assessments_staff_number(), value: (row) => row.staffNumber },
			{ header: m.assessments_name(), value: (row) => row.name },
			{ header: m.assessments_unit(), width: 28, value: (row) => row.unit },
			{ header: m.assessments_post(), width: 18, value: (row) => row.title },
			{ header: m.assessments_required(), value: (row) => row.components.requiredCourses },
			{ header: m.assessments_completed(), value: (row) => row.components.completedCourses },
			{ header: m.assessments_on_time(), value: (row) => row.components.completedOnTime },
			{ header: m.assessments_checks_percent(), value: (row) => row.components.checksScore },
			{ header: m.assessments_hours(), value: (row) => row.components.hours },
			{ header: m.assessments_score(), value: (row) => row.score },
			{ header: m.assessments_proposed_band(), value: (row) => bandName(row.proposedBand) },
			{ header: m.assessments_confirmed_band(), value: (row) => row.band && bandName(row.band) },
			{ header: m.assessments_reason(), width: 30, value: (row) => row.reason },
			{ header: m.assessments_confirmed_on(), value: (row) => row.confirmedAt && dateOf(row.confirmedAt) }
		]
	};
}
