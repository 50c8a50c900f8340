import { localized, type Localized } from '#lib/format/localized.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type {
	eventKinds,
	examPurposes,
	hourCategories,
	requirementKinds,
	trainingPurposes
} from '#lib/schemas/requirements.ts';
import { hoursWords } from './course-words.ts';

export type EventKind = (typeof eventKinds)[number];
export type ExamPurpose = (typeof examPurposes)[number];
export type HourCategory = (typeof hourCategories)[number];

/** What is asked of somebody: a course, an exam passed, an event attended, hours collected, some courses of several. */
export type Asked = {
	kind: (typeof requirementKinds)[number];
	slug?: string;
	course?: Localized;
	examId?: string;
	exam?: string;
	examPurpose?: ExamPurpose;
	passMark?: number;
	eventKind?: EventKind;
	eventPurpose?: (typeof trainingPurposes)[number];
	hours?: number;
	hourCategory?: HourCategory;
	choose?: number;
	electives?: { slug: string; title: Localized }[];
};

export const examPurposeWords: Record<ExamPurpose, () => string> = {
	general: m.requirements_purpose_general,
	annual: m.requirements_purpose_annual,
	'pre-appointment': m.requirements_purpose_pre_appointment,
	'post-appointment': m.requirements_purpose_post_appointment,
	'class-end': m.requirements_purpose_class_end
};

export const eventKindWords: Record<EventKind, () => string> = {
	lecture: m.requirements_event_lecture,
	'training-class': m.requirements_event_training_class,
	'collective-study': m.requirements_event_collective_study,
	'pre-meeting-study': m.requirements_event_pre_meeting_study,
	'court-observation': m.requirements_event_court_observation,
	seminar: m.requirements_event_seminar
};

export const hourCategoryWords: Record<HourCategory, () => string> = {
	required: m.requirements_category_required,
	elective: m.requirements_category_elective,
	online: m.requirements_category_online,
	class: m.requirements_category_class
};

/** What is asked, in words: a course by its title, anything else as what to do. */
export function askedWords(asked: Asked): string {
	switch (asked.kind) {
		case 'course':
			return asked.course ? localized(asked.course) : '';
		case 'exam':
			return examWords(asked);
		case 'event': {
			const kind = asked.eventKind ? eventKindWords[asked.eventKind]() : '';
			return asked.eventPurpose === 'newly-promoted'
				? m.requirements_asked_event_promoted({ kind })
				: m.requirements_asked_event({ kind });
		}
		case 'hours': {
			const hours = hoursWords(asked.hours ?? 0);
			return asked.hourCategory
				? m.requirements_asked_hours_of({ hours, category: hourCategoryWords[asked.hourCategory]() })
				: m.requirements_asked_hours({ hours });
		}
		case 'electives': {
			const titles = (asked.electives ?? []).map(({ title }) => localized(title));
			const courses = new Intl.ListFormat(getLocale(), { type: 'disjunction' }).format(titles);
			return m.requirements_asked_electives({ choose: asked.choose ?? 0, courses });
		}
	}
}

function examWords({ exam, examPurpose, passMark }: Asked): string {
	const what = exam
		? m.requirements_asked_exam({ title: exam })
		: m.requirements_asked_exam_purpose({ purpose: examPurpose ? examPurposeWords[examPurpose]() : '' });
	return passMark === undefined ? what : m.requirements_asked_pass_mark({ what, mark: passMark });
}

/** Where one goes to do it: the course, the exam, the events, one's ledger. */
export function askedHref({ kind, slug, examId, electives }: Asked): string {
	if (kind === 'course' && slug) return `/courses/${slug}`;
	if (kind === 'exam') return examId ? `/exams/${examId}` : '/exams';
	if (kind === 'event') return '/events';
	if (kind === 'electives') return electives?.length === 1 ? `/courses/${electives[0]!.slug}` : '/courses';
	return '/record';
}

/** What to do next about something that is no course. */
export const nextWords = ({ kind }: Pick<Asked, 'kind'>): string => next[kind]();

const next: Record<Asked['kind'], () => string> = {
	course: m.requirements_next_course,
	exam: m.requirements_next_exam,
	event: m.requirements_next_event,
	hours: m.requirements_next_hours,
	electives: m.requirements_next_electives
};
