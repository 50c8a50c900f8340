import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ResultLine } from '#lib/server/exams/marking/each-result.ts';
import type { Column } from '#lib/server/platform/xlsx.ts';
import { attemptWords } from './attempt-words.ts';

/** Columns for each paper that a candidate may hand in: its state, points, what they are of, and when it was handed in. */
export const paperColumns = (attempts: number, timeZone: string): Column<ResultLine>[] =>
	Array.from({ length: attempts }, (_, index) => index + 1).flatMap((number) => {
		const paper = ({ papers }: ResultLine) => papers.find((each) => each.number === number);
		const column = (what: string) => m.marking_column_of({ attempt: m.marking_attempt({ number }), what });
		return [
			{ header: column(m.exams_column_state()), value: (line) => stateOf(paper(line)) },
			{ header: column(m.exams_column_score()), value: (line) => paper(line)?.score },
			{ header: column(m.marking_full_points()), value: (line) => paper(line)?.total },
			{
				header: column(m.exams_column_handed_in()),
				width: 18,
				value: (line) => {
					const at = paper(line)?.submittedAt;
					return at && formatDate(at, 'instant', timeZone);
				}
			}
		] satisfies Column<ResultLine>[];
	});

const stateOf = (paper: ResultLine['papers'][number] | undefined) => paper && attemptWords(paper.state);
