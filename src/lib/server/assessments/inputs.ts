import { type SQL, sql } from 'drizzle-orm';

/** An exam that a person was due to sit and that has been settled. Points in hundredths. */
export type ExamInput = {
	examId: string;
	/** The exam that it makes up for, if it is a make-up. */
	makeUpOf: string | null;
	purpose: string;
	on: string;
	outcome: 'passed' | 'failed' | 'absent';
	points: number;
	total: number;
};

/** The facts of one person and one year from which a result is computed, frozen with it. Whole numbers only. */
export type Inputs = {
	/** Required courses due in the year and not exempt from; completed, and of those on time. */
	required: number;
	completed: number;
	onTime: number;
	obligationIds: string[];
	/** The last try at each lesson's check in the year: its questions, and the right answers. */
	answered: number;
	correct: number;
	lessons: number;
	exams: ExamInput[];
	/** Exams of the year with their make-ups: never sat; failed to the end; of these after a make-up; passed at a make-up. */
	absences: number;
	failures: number;
	failuresAfterMakeUp: number;
	passesByMakeUp: number;
	/** Training hours in tenths. */
	hours: number;
	/** Events to which the person was invited and whose attendance is settled, leave apart; attended. */
	invited: number;
	attended: number;
	/** Mark of the nearest unit that has one, in hundredths. */
	unitMark: number | null;
	/** Promotions whose training was due in the year and not done by then. */
	overdue: number;
	promotionIds: string[];
};

/** The columns of `Inputs` that the rule reads, for `jsonb_to_record`. */
export const inputColumns: SQL = sql.raw(
	'required int, completed int, answered int, correct int, exams jsonb, absences int, failures int, "failuresAfterMakeUp" int, "passesByMakeUp" int, hours int, invited int, attended int, "unitMark" int, overdue int'
);
