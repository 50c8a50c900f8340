import { policyWords } from '#lib/components/marking/key-words.ts';
import { kindName } from '#lib/components/questions/kind-name.ts';
import { rankNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import type { keyPolicies } from '#lib/schemas/marking.ts';
import type { Turnout } from '#lib/server/exams/statistics/exam-figures.ts';
import type { OptionFigures } from '#lib/server/exams/statistics/question-figures.ts';
import type { QuestionLine } from '#lib/server/exams/statistics/read-statistics.ts';
import type { PaperFigures } from '#lib/server/exams/statistics/read-sheets.ts';
import type { Sheet } from '#lib/server/platform/xlsx.ts';
import { definitions } from './definitions.ts';
import { flagName, optionName } from './question-words.ts';
import { share } from './turnout-words.ts';

/** The sheets of the workbook of an exam's statistics: the same figures as on its page, unrounded where they are numbers. */

export type TurnoutOf = { unit: string; rank: string | null; turnout: Turnout };

/** A line for each unit and rank. @param scores whether it may say who passed */
export function turnoutSheet(rows: Sheet<TurnoutOf>['rows'], scores: boolean): Sheet<TurnoutOf> {
	const ofScores: Sheet<TurnoutOf>['columns'] = [
		{ header: m.exams_passed(), value: ({ turnout }) => turnout.passed },
		{ header: m.statistics_pass_rate(), value: ({ turnout: { passed, failed } }) => share(passed, passed + failed) },
		{ header: m.statistics_excellent(), value: ({ turnout }) => turnout.excellent },
		{
			header: m.statistics_excellent_share(),
			value: ({ turnout: { passed, failed, excellent } }) => share(excellent, passed + failed)
		}
	];
	return {
		title: m.statistics_by_unit(),
		rows,
		columns: [
			{ header: m.exams_column_unit(), width: 32, value: ({ unit }) => unit },
			{
				header: m.people_rank(),
				value: ({ rank }) => (rank ? rankNames[rank as keyof typeof rankNames]() : m.statistics_no_rank())
			},
			{ header: m.exams_due(), value: ({ turnout }) => turnout.due },
			{ header: m.exams_exempt(), value: ({ turnout }) => turnout.exempt },
			{ header: m.exams_sat(), value: ({ turnout }) => turnout.sat },
			{ header: m.exams_absent(), value: ({ turnout }) => turnout.absent },
			{ header: m.statistics_participation_rate(), value: ({ turnout: { sat, due } }) => share(sat, due) },
			...(scores ? ofScores : [])
		]
	};
}

/** A line for each paper. @param names of the papers by id */
export const paperSheet = (rows: PaperFigures[], names: Record<string, string>): Sheet<PaperFigures> => ({
	title: m.statistics_papers(),
	rows,
	columns: [
		{ header: m.exams_column_paper(), width: 20, value: ({ paperId }) => names[paperId] ?? null },
		{ header: m.statistics_people(), value: ({ people }) => people },
		{ header: m.statistics_mean(), value: ({ mean }) => mean },
		{ header: m.statistics_deviation(), value: ({ standardDeviation }) => standardDeviation },
		{ header: m.statistics_alpha(), width: 20, value: ({ alpha }) => alpha },
		{ header: m.statistics_error(), width: 20, value: ({ standardError }) => standardError }
	]
});

/** A line for each question. */
export const questionSheet = (rows: QuestionLine[]): Sheet<QuestionLine> => ({
	title: m.statistics_questions(),
	rows,
	columns: [
		{ header: m.statistics_question(), value: ({ code }) => code },
		{ header: m.questions_kind(), value: ({ kind }) => kindName(kind as Parameters<typeof kindName>[0]) },
		{ header: m.statistics_asked(), value: ({ asked }) => asked },
		{ header: m.statistics_exposure(), value: ({ exposure }) => exposure },
		{ header: m.statistics_facility(), value: ({ facility }) => facility },
		{ header: m.statistics_discrimination(), value: ({ discrimination }) => discrimination },
		{ header: m.statistics_time_seconds(), width: 18, value: ({ time }) => time?.median },
		{ header: m.statistics_look_at(), width: 32, value: ({ flags }) => flags.map(flagName).join(m.marking_comma()) },
		{
			header: m.statistics_key_mended(),
			width: 18,
			value: ({ mended }) => mended && policyWords[mended as (typeof keyPolicies)[number]].label()
		}
	]
});

type OptionOf = { question: QuestionLine; option: OptionFigures };

/** A line for each option of each question. */
export const optionSheet = (questions: QuestionLine[]): Sheet<OptionOf> => ({
	title: m.statistics_options(),
	rows: questions.flatMap((question) => question.options.map((option) => ({ question, option }))),
	columns: [
		{ header: m.statistics_question(), value: ({ question }) => question.code },
		{ header: m.statistics_option(), value: ({ option }) => optionName(option.letter) },
		{ header: m.marking_key(), value: ({ option }) => (option.isKey ? m.marking_key() : null) },
		{ header: m.statistics_chose(), value: ({ option }) => option.count },
		{
			header: m.statistics_share(),
			value: ({ question, option }) => (question.asked > 0 ? option.count / question.asked : null)
		},
		{ header: m.statistics_point_biserial(), value: ({ option }) => option.pointBiserial }
	]
});

/** What every figure means. */
export const definitionSheet = (): Sheet<(typeof definitions)[number]> => ({
	title: m.statistics_definitions(),
	rows: definitions,
	columns: [
		{ header: m.statistics_term(), width: 24, value: ({ term }) => term() },
		{ header: m.statistics_definition(), width: 120, value: ({ text }) => text() }
	]
});
