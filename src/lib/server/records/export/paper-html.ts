import { formatDate } from '#lib/format/dates.ts';
import { formatPoints } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Paper, PaperSlot } from '../../exams/sitting/read-paper.ts';
import { env } from '../../platform/env.ts';
import type { ReviewedQuestion } from '../../questions/review-question.ts';
import { html, Markup } from './html.ts';

/** A paper as it was handed in: the questions with the answers where the exam shows them, else no more than when and how it went. */
export function paperHtml(paper: Paper): Markup {
	const at = formatDate(paper.submittedAt, 'second', env.MINGFA_TIMEZONE);
	const score =
		paper.score === null
			? m.sitting_standing_handed_in()
			: `${formatPoints(paper.score)} / ${formatPoints(paper.total)}`;
	const shown = paper.slots.filter(({ question }) => question !== null);
	return html`<section class="paper">
		<h2>${m.records_paper({ title: paper.exam.title, number: paper.number })}</h2>
		<p>${at} · ${score}</p>
		${shown.length === 0 ? html`<p class="note">${m.records_paper_closed()}</p>` : html``}
		<ol>
			${shown.map(slotHtml)}
		</ol>
	</section> `;
}

function slotHtml({ slot, points, score, question }: PaperSlot): Markup {
	const full = formatPoints(points);
	const got = score === null ? full : `${formatPoints(score)} / ${full}`;
	return html`<li value="${slot}">
		<div lang="zh-CN">${new Markup(question!.stem)}</div>
		<p class="note">${got}</p>
		${answerHtml(question!)}
	</li>`;
}

function answerHtml({ options, judgement, typed, pairs, sequence, written }: ReviewedQuestion): Markup {
	const judged = (value: boolean) => (value ? m.questions_true() : m.questions_false());
	const given = (answer: string | null) => (answer ? m.marking_given_is({ answer }) : m.marking_unanswered());
	const lines = [
		...(judgement
			? [
					`${m.marking_key_is({ key: judged(judgement.right) })} ${given(judgement.given === null ? null : judged(judgement.given))}`
				]
			: []),
		...typed.map((each) => `${m.marking_key_is({ key: each.key })} ${given(each.given)}`),
		...pairs.map((each) => `${m.marking_key_is({ key: `${each.left} — ${each.key}` })} ${given(each.given)}`),
		...sequence.map((each, index) => `${m.marking_key_is({ key: `${index + 1} ${each.text}` })}`),
		...(written ? [given(written.text), m.marking_key_is({ key: written.reference })] : [])
	];
	const isChoice = options.length > 0 && pairs.length === 0 && sequence.length === 0;
	return html`${isChoice ? optionsHtml(options) : html``}${lines.map((line) => html`<p>${line}</p>`)}`;
}

const optionsHtml = (options: ReviewedQuestion['options']): Markup =>
	html`<ul>
		${options.map(
			({ letter, text, right, chosen }) =>
				html`<li lang="zh-CN">
					${letter}
					${text}${chosen ? html` <b>${m.marking_chosen()}</b>` : html``}${right ? html` <b>${m.marking_key()}</b>` : html``}
				</li>`
		)}
	</ul>`;
