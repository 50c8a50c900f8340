import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '#lib/server/courses/content/render-markdown.ts';
import { renderInline } from '#lib/server/statutes/content/render-inline.ts';

const htmlOf = (markdown: string) => renderMarkdown(markdown, 'labour-contract').html;

test('a reference leads to its article', () => {
	expect(htmlOf('见[第十条第三款](statute:labour-contract/10)。')).toContain(
		'<a class="ref" href="/statutes/labour-contract/10" data-article="labour-contract/10">第十条第三款</a>'
	);
});

test('lessons, pictures and outer pages are linked within the course', () => {
	expect(htmlOf('[试用期](lesson:probation#工资)')).toContain('<a href="/courses/labour-contract/probation#工资">');
	expect(htmlOf('![流程](flow.png)')).toContain('<img src="/courses/labour-contract/files/flow.png" alt="流程"');
	expect(htmlOf('[甲](https://a.example)')).toContain('<a href="https://a.example" rel="noreferrer">');
});

test('cases, cautions and summaries become the blocks of the design', () => {
	const html = htmlOf(':::case 小陶的账\n1. 甲\n:::\n\n:::caution 常见错误\n- 乙\n:::\n\n:::summary\n1. 丙\n:::\n');
	expect(html).toContain(
		'<section class="case" aria-label="案例：小陶的账"><p class="case__label" aria-hidden="true">案例</p>'
	);
	expect(html).toContain('<div class="callout callout--soon" role="note" aria-label="常见错误"><svg class="icon"');
	expect(html).toContain('<section class="case" aria-label="小结">');
	expect(html).not.toContain(':::');
});

test('a table scrolls by itself and says what it is about', () => {
	expect(htmlOf('| 时点 | 状态 |\n| --- | --- |\n| 当日 | 成立 |')).toContain(
		'<div class="table-wrap" role="region" tabindex="0" aria-label="表：时点、状态"><table>'
	);
});

test('headings have anchors that the table of contents knows', () => {
	const { html, toc } = renderMarkdown('## 先查用工，再查文本\n\n## 例外\n\n### 例外', 'c');
	expect(toc).toEqual([
		{ id: '先查用工-再查文本', level: 2, text: '先查用工，再查文本' },
		{ id: '例外', level: 2, text: '例外' },
		{ id: '例外-2', level: 3, text: '例外' }
	]);
	for (const { id, level } of toc) expect(html).toContain(`<h${level} id="${id}">`);
});

test('footnotes stand at the end and lead back', () => {
	const html = htmlOf('甲[^1]乙\n\n[^1]: 注文');
	expect(html).toContain('<a id="footnote-ref-1" href="#footnote-1" aria-describedby="footnote-label">1</a>');
	expect(html).toContain('<h2 id="footnote-label" class="visually-hidden">注释</h2>');
	expect(html).toContain('<a href="#footnote-ref-1" aria-label="回到正文的注 1">');
});

test('the words alone are kept for searching', () => {
	const { text } = renderMarkdown('甲**乙，**丙 & 丁\n\n:::case 题\n戊\n:::\n\n| 己 | 庚 |\n|--|--|\n| 辛 | 壬 |', 'c');
	expect(text).toBe('甲乙，丙 & 丁\n题\n戊\n己 庚\n辛 壬');
});

const hostile = fc.constantFrom(
	...[
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'[甲](javascript:alert(1))',
		'[甲](statute:a/1"onclick=x)'
	],
	...[
		'![x](javascript:alert(1))',
		'![x](data:text/html,x)',
		'[x](JaVaScRiPt:x)',
		'[x](&#106;avascript:x)',
		'[x](//evil.example)'
	],
	...[
		'<svg onload=x>',
		'<a href="javascript:x">',
		':::case "><script>x</script>\n甲\n:::\n',
		':::caution <img onerror=x>\n乙\n:::\n'
	],
	...[
		'[^1]',
		'[^1]: <script>',
		'[^"onclick=x]: 甲',
		'[^"onclick=x]',
		'## <script>x</script>',
		'| <b onclick=x> | b |\n|--|--|\n| c | d |\n'
	],
	...[
		'<!-- ',
		'-->',
		'](',
		'[',
		'**',
		'`',
		'\n\n',
		'<',
		'>',
		'"',
		"'",
		'[x]: javascript:x\n\n[x]',
		'<javascript:x>',
		'<https://a.example>'
	],
	...['lesson:"><script>', '\u0000', '\ud800', '{wage}', '<style>', '<iframe src=x>', 'https://a.example/" onclick="x']
);

const allowedTag =
	/^<\/?(?:p|h[2-4]|ul|ol|li|blockquote|pre|hr|br|section|div|table|thead|tbody|tr|th|td|a|strong|em|del|code|sup|span|img|svg|path|circle)(?:\s|\/|>)/;

test('hostile Markdown never yields a script, a handler or an address that runs', () => {
	const markdown = fc
		.array(fc.oneof(hostile, fc.string({ maxLength: 8 })), { maxLength: 12 })
		.map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(markdown, (text) => {
			for (const html of [htmlOf(text), renderInline(text)]) {
				for (const [tag] of html.matchAll(/<[^>]*>/g)) {
					expect(tag).toMatch(allowedTag);
					const bare = tag.replace(/"[^"]*"/g, '""');
					expect(bare).not.toMatch(/\son\w+\s*=|\sstyle\s*=|\ssrcdoc\s*=/i);
					for (const [, address] of tag.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
						expect(address).toMatch(/^(?:#|\/(?!\/)|https:\/\/)/);
					}
				}
			}
		}),
		{ numRuns: 1500 }
	);
});
