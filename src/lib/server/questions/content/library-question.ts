import type { StoredQuestion } from '../stored-question.ts';
import type { QuestionContent } from './parse-questions.ts';

/** A question that is asked, or the situation that several share. A case comes before its questions. */
export interface LibraryQuestion {
	code: string;
	kind: QuestionContent['kind'];
	lesson: string;
	/** Place in the file, from 1. */
	position: number;
	/** The case that it belongs to. */
	caseCode?: string;
	/** For a case, that of its hardest question. */
	difficulty: number;
	/** For a case, those of all its questions. */
	articles: string[];
	from?: string;
	until?: string;
	content: StoredQuestion;
	hash: string;
}
