/** How far a person has come with a course. */
export type CourseState = 'none' | 'going' | 'done';

/** A course is done when it was completed; it is going once one of its lessons was opened or its check begun. */
export function courseStateOf({ completedAt, started }: { completedAt: Date | null; started: boolean }): CourseState {
	if (completedAt) return 'done';
	return started ? 'going' : 'none';
}
