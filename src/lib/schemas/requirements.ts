export const requirementKinds = ['course', 'exam', 'event', 'hours', 'electives'] as const;
export const examPurposes = ['general', 'annual', 'pre-appointment', 'post-appointment', 'class-end'] as const;
export const eventKinds = [
	'lecture',
	'training-class',
	'collective-study',
	'pre-meeting-study',
	'court-observation',
	'seminar'
] as const;
export const trainingPurposes = ['general', 'newly-promoted'] as const;
export const hourCategories = ['required', 'elective', 'online', 'class'] as const;
