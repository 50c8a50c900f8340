import { roleName } from '#lib/components/access/role-name.ts';
import { formatDate } from '#lib/format/dates.ts';
import { localized, type Localized } from '#lib/format/localized.ts';
import { m } from '#lib/paraglide/messages.js';
import { type DigestItem, digestWords, itemWords } from './digest-words.ts';

export type Told = { kind: string; values: Record<string, unknown> };

/** The sentence of a notification in the reader's language, from its kind and the values it was told with; times in the office's zone. */
export function wordsOf({ kind, values }: Told, zone: string): string {
	const title = isLocalized(values.title) ? localized(values.title) : '';
	const date = typeof values.dueOn === 'string' ? formatDate(values.dueOn, 'long', 'UTC') : '';
	const on = typeof values.on === 'string' ? formatDate(values.on, 'long', 'UTC') : '';
	const until = typeof values.closesAt === 'string' ? formatDate(values.closesAt, 'instant', zone) : '';
	const year = String(values.year ?? '');
	const day = typeof values.date === 'string' ? formatDate(values.date, 'long', 'UTC') : '';
	const because = String(values.because ?? '');
	switch (kind) {
		case 'digest':
			return digestOf(itemsOf(values), Number(values.count ?? 0), zone);
		case 'overdue_liaison':
			return m.notifications_overdue_liaison(countsOf(values));
		case 'overdue_hr':
			return m.notifications_overdue_hr(countsOf(values));
		case 'assigned':
			return m.notifications_assigned({ title, date });
		case 'due_soon':
			return m.notifications_due_soon({ title, date });
		case 'reminded':
			return m.notifications_reminded({ title, date });
		case 'extended':
			return m.notifications_extended({ title, date });
		case 'withdrawn':
			return m.notifications_withdrawn({ title });
		case 'programme_assigned':
			return m.notifications_programme_assigned({ title, date });
		case 'programme_left':
			return m.notifications_programme_left({ title });
		case 'programme_changed':
			return m.notifications_programme_changed({ title });
		case 'programme_withdrawn':
			return m.notifications_programme_withdrawn({ title, because });
		case 'promotion_opened':
			return m.notifications_promotion_opened({ date });
		case 'promotion_exempted':
			return m.notifications_promotion_exempted({ count: Number(values.count ?? 0) });
		case 'promotion_postponed':
			return m.notifications_promotion_postponed({ date });
		case 'role_lent':
			return m.notifications_role_lent({ ...loanOf(values), from: on, date });
		case 'role_returned':
			return values.own
				? m.notifications_role_returned_own(loanOf(values))
				: m.notifications_role_returned(loanOf(values));
		case 'result_confirmed':
			return m.notifications_result_confirmed({ year: String(values.year ?? '') });
		case 'result_published':
			return m.notifications_result_published({ year, date: day });
		case 'result_amended':
			return m.notifications_result_amended({ year });
		case 'review_opened':
			return m.notifications_review_opened({ year, date: day });
		case 'review_returned':
			return m.notifications_review_returned({ year });
		case 'review_reminded':
			return m.notifications_review_reminded({ year, date: day });
		case 'objection_raised':
			return m.notifications_objection_raised({ year });
		case 'objection_decided':
			return m.notifications_objection_decided({ year });
		case 'exam_announced':
			return m.notifications_exam_announced({ title });
		case 'exam_extended':
			return m.notifications_exam_extended({ title, date: until, because });
		case 'exam_cancelled':
			return m.notifications_exam_cancelled({ title, because });
		case 'exam_released':
			return m.notifications_exam_released({ title });
		case 'exam_rescored':
			return m.notifications_exam_rescored({ title });
		case 'exam_marking':
			return m.notifications_exam_marking({ title });
		case 'appeal_answered':
			return m.notifications_appeal_answered({ title });
		case 'event_invited':
			return m.notifications_event_invited({ title, date: on });
		case 'event_moved':
			return m.notifications_event_moved({ title });
		case 'event_seat':
			return m.notifications_event_seat({ title });
		case 'event_cancelled':
			return m.notifications_event_cancelled({ title, because });
		case 'event_corrected':
			return m.notifications_event_corrected({ title });
		case 'training_confirmed':
			return m.notifications_training_confirmed({ title });
		case 'training_refused':
			return m.notifications_training_refused({ title, because });
		case 'training_revoked':
			return m.notifications_training_revoked({ title, because });
		case 'exemption_asked':
			return m.notifications_exemption_asked({ name: String(values.name ?? '') });
		case 'certificate_issued':
			return m.notifications_certificate_issued({ title });
		case 'certificate_revoked':
			return m.notifications_certificate_revoked({ title });
		case 'correction_asked':
			return m.notifications_correction_asked({ name: String(values.name ?? '') });
		case 'correction_accepted':
			return m.notifications_correction_accepted();
		case 'correction_refused':
			return m.notifications_correction_refused();
		case 'exemption_filed':
			return m.notifications_exemption_filed();
		case 'exemption_approved':
			return m.notifications_exemption_approved();
		case 'exemption_deferred':
			return m.notifications_exemption_deferred({ date });
		case 'exemption_refused':
			return m.notifications_exemption_refused({ because });
		case 'exemption_ended':
			return Number(values.count) > 0
				? m.notifications_exemption_ended({ count: Number(values.count) })
				: m.notifications_exemption_ended_none();
		case 'question_returned':
			return m.notifications_question_returned({ code: String(values.code ?? ''), because });
		case 'question_published':
			return m.notifications_question_published({ code: String(values.code ?? '') });
		case 'indicators_published':
			return m.notifications_indicators_published({ year: String(values.year ?? '') });
		case 'sheet_handed_in':
			return m.notifications_sheet_handed_in({ year: String(values.year ?? '') });
		case 'sheet_given_back':
			return m.notifications_sheet_given_back({ year: String(values.year ?? '') });
		case 'sheet_verified':
			return m.notifications_sheet_verified({ year: String(values.year ?? '') });
		case 'report_asked':
			return m.notifications_report_asked({ year: String(values.year ?? ''), date });
		case 'report_due':
			return m.notifications_report_due({ year: String(values.year ?? ''), date });
		case 'report_late':
			return m.notifications_report_late({ year: String(values.year ?? ''), date });
		case 'report_submitted':
			return m.notifications_report_submitted({ year: String(values.year ?? '') });
		case 'report_returned':
			return m.notifications_report_returned({ year: String(values.year ?? ''), date, because });
		case 'report_accepted':
			return m.notifications_report_accepted({ year: String(values.year ?? '') });
		case 'report_extended':
			return m.notifications_report_extended({ year: String(values.year ?? ''), date, because });
		case 'inspection_found':
			return m.notifications_inspection_found({ title, date });
		case 'inspection_answered':
			return m.notifications_inspection_answered({ title });
		default:
			return m.notifications_open();
	}
}

/** The lines under a digest: each thing of which it reminds. */
export function linesOf({ kind, values }: Told, zone: string): string[] {
	if (kind !== 'digest') return [];
	const items = itemsOf(values);
	const more = Number(values.count ?? 0) - items.length;
	const lines = items.map((item) => itemWords(item, zone));
	return more > 0 ? [...lines, m.reminders_digest_more({ count: more })] : lines;
}

/** One thing is said outright; several are counted, and listed below. */
const digestOf = (items: DigestItem[], count: number, zone: string): string =>
	items.length === 1 && count === 1 ? itemWords(items[0]!, zone) : digestWords(items, count);

const itemsOf = ({ items }: Told['values']): DigestItem[] => (Array.isArray(items) ? items : []);

const countsOf = ({ unit, people, duties, units, weeks }: Told['values']) => ({
	...{ unit: String(unit ?? ''), people: Number(people), duties: Number(duties) },
	...{ units: Number(units), weeks: Number(weeks) }
});

const loanOf = ({ role, unit, name }: Told['values']) => ({
	...{ role: roleName(String(role ?? '')), unit: String(unit ?? ''), name: String(name ?? '') }
});

const isLocalized = (value: unknown): value is Localized =>
	typeof value === 'object' && value !== null && 'zh-CN' in value && 'en' in value;
