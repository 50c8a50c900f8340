import type { ExamView } from './read-exam.ts';

/**
 * Whether somebody may see the scores of the candidates within their reach: those who mark and those who hold the exam as soon
 * as there are any, everybody else once the results are released.
 */
export const seesScores = ({ exam, may }: Pick<ExamView, 'exam' | 'may'>): boolean =>
	exam.state === 'released' || may.mark || may.edit;
