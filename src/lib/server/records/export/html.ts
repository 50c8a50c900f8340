import { escapeHtml } from '../../platform/markdown/escape.ts';

/** Markup that is safe already: made by `html`, or rendered and sanitised before. */
export class Markup {
	readonly text: string;
	constructor(text: string) {
		this.text = text;
	}
}

export type Fill = string | number | null | undefined | Markup | readonly Markup[];

/** Markup from a template: whatever is filled in is escaped, unless it is markup itself. */
export const html = (parts: TemplateStringsArray, ...values: Fill[]): Markup =>
	new Markup(parts.reduce((text, part, index) => text + filled(values[index - 1]) + part));

function filled(value: Fill): string {
	if (value instanceof Markup) return value.text;
	if (Array.isArray(value)) return value.map(({ text }: Markup) => text).join('');
	return value === null || value === undefined ? '' : escapeHtml(String(value));
}

/** A table with a heading, or nothing where there are no rows. */
export function table(title: string, heads: readonly string[], rows: readonly (readonly Fill[])[]): Markup {
	if (rows.length === 0) return html``;
	const line = (cells: readonly Fill[]) =>
		html`<tr>
			${cells.map((cell) => html`<td>${cell}</td>`)}
		</tr>`;
	return html`<section>
		<h2>${title}</h2>
		<div class="wide">
			<table>
				<thead>
					<tr>
						${heads.map((head) => html`<th scope="col">${head}</th>`)}
					</tr>
				</thead>
				<tbody>
					${rows.map(line)}
				</tbody>
			</table>
		</div>
	</section> `;
}
