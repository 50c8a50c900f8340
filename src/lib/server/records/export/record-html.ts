import { bandName, gradeWords } from '#lib/components/assessments/words.ts';
import { kindWords as certificateKinds } from '#lib/components/certificates/certificate-words.ts';
import { kindWords as eventKinds, outcomeWords } from '#lib/components/events/event-words.ts';
import { trainingStateWords } from '#lib/components/events/training-words.ts';
import {
	kindWords as exemptionKinds,
	groundWords,
	scopeWords,
	stateWords
} from '#lib/components/exemptions/exemption-words.ts';
import { categoryNames, formatHours } from '#lib/components/hours/hours-words.ts';
import { itemStateWords, itemWords, resultWords } from '#lib/components/promotions/item-words.ts';
import { correctionWords, examResult, partWords } from '#lib/components/records/record-words.ts';
import { formatDate } from '#lib/format/dates.ts';
import { localized } from '#lib/format/localized.ts';
import { formatPoints } from '#lib/format/numbers.ts';
import { levelNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import { verifyAddress } from '../../certificates/credential.ts';
import type { SignedIn } from '../../platform/context.ts';
import { env } from '../../platform/env.ts';
import { eachLook } from '../looks.ts';
import type { Asked, Exported } from './export-record.ts';
import { type Fill, html, type Markup, table } from './html.ts';
import { eachPaper } from './papers.ts';
import { paperHtml } from './paper-html.ts';
import { style } from './style.ts';

const day = (value: Date | string | null): string =>
	value === null ? '—' : formatDate(value, 'date', env.MINGFA_TIMEZONE);

/** The record as one page that needs nothing else: to read, keep and print. In the reader's language. */
export async function* recordHtml(ctx: SignedIn, exported: Exported, { origin, locale }: Asked) {
	const { own, corrections } = exported;
	const { name, unit, title, staffNumber } = own.person;
	const heading = m.records_export_heading({ name });
	yield `<!doctype html>\n<html lang="${locale}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n`;
	yield html`<title>${heading}</title>`.text;
	yield `<style>${style}</style>\n</head>\n<body>\n<main>\n`;
	yield html`<header>
		<p class="date">${m.records_export_date({ date: formatDate(ctx.now, 'instant', env.MINGFA_TIMEZONE) })}</p>
		<h1>${heading}</h1>
		<p>${[unit, title, staffNumber].filter(Boolean).join(' · ')}</p>
	</header> `.text;
	for (const section of sectionsOf(own, origin)) yield section.text;
	yield table(
		m.records_corrections(),
		[
			m.records_correction_part(),
			m.records_correction_what(),
			m.records_correction_why(),
			m.records_state(),
			m.records_correction_answer()
		],
		corrections.map((each) => [
			partWords[each.part](),
			each.what,
			each.why,
			`${correctionWords[each.state]()} ${day(each.answeredAt)}`,
			each.because
		])
	).text;
	yield* looksHtml(ctx);
	for await (const paper of eachPaper(ctx, own.exams)) yield paperHtml(paper).text;
	yield '</main>\n</body>\n</html>\n';
}

function sectionsOf(own: Exported['own'], origin: string): Markup[] {
	const unit = m.records_unit();
	return [
		table(
			m.records_posts(),
			[m.records_post(), unit, m.records_from(), m.records_until()],
			own.posts.map((post) => [post.title, post.unit, post.startsOn, post.endsOn ?? '—'])
		),
		table(
			partWords.results(),
			[
				m.assessments_year(),
				m.assessments_band(),
				unit,
				m.assessments_published_on(),
				m.assessments_grade(),
				m.assessments_score()
			],
			own.results.map((result) => [
				result.year,
				bandName(result.band),
				result.unit,
				day(result.publishedAt),
				result.grade ? gradeWords[result.grade]() : '—',
				formatPoints(result.score)
			])
		),
		table(
			partWords.certificates(),
			[
				m.certificates_number(),
				m.certificates_subject(),
				m.certificates_kind(),
				m.certificates_issued_on(),
				m.records_state(),
				m.certificates_check_at()
			],
			own.certificates.map((each) => [
				each.printed.number,
				localized(each.printed.subject),
				certificateKinds[each.kind](),
				day(each.issuedAt),
				each.revokedAt ? m.certificates_revoked_on({ date: day(each.revokedAt) }) : m.certificates_valid(),
				html`<a href="${verifyAddress(origin, each.code)}">${verifyAddress(origin, each.code)}</a>`
			])
		),
		table(
			partWords.promotions(),
			[m.records_post(), m.records_level(), m.records_from(), m.records_item(), m.records_state()],
			own.cases.flatMap((each) =>
				each.items.map((item): Fill[] => [
					each.title,
					levelNames[each.toLevel](),
					each.startsOn,
					itemWords(item),
					[itemStateWords[item.state](), resultWords(item)].filter(Boolean).join(' ')
				])
			)
		),
		table(
			partWords.exams(),
			[m.records_exam(), m.records_date(), unit, m.records_state()],
			own.exams.map((exam) => [exam.title, day(exam.on), exam.unit ?? '—', examResult(exam).words])
		),
		table(
			partWords.courses(),
			[
				m.records_course(),
				m.records_category(),
				m.records_completed_on(),
				unit,
				m.records_version(),
				m.records_count()
			],
			own.courses.map((course) => [
				localized(course.title),
				course.kind === 'required' ? m.courses_kind_required() : m.courses_kind_elective(),
				day(course.completedAt),
				course.unit ?? '—',
				m.records_version_number({ number: course.version }),
				formatHours(course.hours)
			])
		),
		table(
			m.records_lessons(),
			[m.records_course(), m.records_lesson(), m.records_completed_on(), unit],
			own.lessons.flatMap(({ title, lessons }) =>
				lessons.map((lesson): Fill[] => [
					localized(title),
					localized(lesson.title),
					day(lesson.completedAt),
					lesson.unit ?? '—'
				])
			)
		),
		table(
			partWords.events(),
			[m.records_event(), m.events_kind(), m.records_date(), unit, m.records_outcome(), m.records_count()],
			own.events.map((event) => [
				event.title,
				eventKinds[event.kind](),
				day(event.startsAt),
				event.unit ?? '—',
				event.outcome ? outcomeWords[event.outcome]() : '—',
				event.hours === null ? '—' : formatHours(event.hours)
			])
		),
		table(
			partWords.external(),
			[m.events_external_what(), m.records_provider(), m.records_date(), m.records_state(), m.records_count()],
			own.trainings.map((training) => [
				training.title,
				training.provider,
				day(training.endsAt),
				trainingStateWords[training.state](),
				formatHours(training.hours)
			])
		),
		...own.years.map(({ year, hours, entries }) =>
			table(
				m.records_hours_year({ year, hours: formatHours(hours) }),
				[m.records_source(), m.records_category(), unit, m.records_entered(), m.records_count()],
				entries.map((entry) => [
					[
						entry.title ? localized(entry.title) : entry.source,
						entry.isReversal ? m.records_reversal() : '',
						entry.because
					]
						.filter(Boolean)
						.join(' · '),
					categoryNames[entry.category](),
					entry.unit ?? '—',
					day(entry.at),
					formatHours(entry.hours)
				])
			)
		),
		table(
			partWords.exemptions(),
			[
				m.exemptions_column_what(),
				m.exemptions_ground(),
				m.exemptions_reason(),
				m.exemptions_column_until(),
				m.records_state()
			],
			own.exemptions.map((each) => [
				`${exemptionKinds[each.kind]()} · ${scopeWords(each.asked)}`,
				groundWords[each.ground](),
				each.reason,
				each.until ?? m.exemptions_until_open(),
				stateWords[each.state]()
			])
		)
	];
}

async function* looksHtml(ctx: SignedIn) {
	let count = 0;
	for await (const { name, unit, day, count: times } of eachLook(ctx)) {
		if (count++ === 0)
			yield html`<section>
				<h2>${m.records_looks()}</h2>
				<div class="wide">
					<table>
						<thead>
							<tr>
								<th scope="col">${m.records_date()}</th>
								<th scope="col">${m.records_looks_who()}</th>
								<th scope="col">${m.records_unit()}</th>
								<th scope="col">${m.records_looks_times()}</th>
							</tr>
						</thead>
						<tbody></tbody>
					</table>
				</div>
			</section>`.text;
		yield html`<tr>
			<td>${day}</td>
			<td>${name}</td>
			<td>${unit}</td>
			<td>${times}</td>
		</tr>`.text;
	}
	if (count > 0) yield '</tbody></table></div></section>\n';
}
