import { expect, test } from 'vitest';
import { renderMarkdown } from '#lib/server/courses/content/render-markdown.ts';
import { sectionsCiting } from '#lib/server/courses/sections-citing.ts';

const cite = (number: string) => `见[条文](statute:labour-contract/${number})。`;

test('names the heading under which an article is first cited', () => {
	const { html } = renderMarkdown(
		`${cite('1')}\n\n## 先看期限\n\n${cite('2')}\n\n### 再看标准\n\n${cite('2')}${cite('38-1')}`,
		'a-course'
	);
	expect([...sectionsCiting(html)]).toEqual([
		['labour-contract/2', '先看期限'],
		['labour-contract/38-1', '再看标准']
	]);
});
