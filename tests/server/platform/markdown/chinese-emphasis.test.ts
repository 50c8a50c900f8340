import { Marked } from 'marked';
import { expect, test } from 'vitest';
import { chineseEmphasis } from '#lib/server/platform/markdown/chinese-emphasis.ts';

const render = (markdown: string) => new Marked(chineseEmphasis).parseInline(markdown, { async: false });

test.each([
	['**劳动合同，**应当', '<strong>劳动合同，</strong>应当'],
	['应当**“书面”**订立', '应当<strong>“书面”</strong>订立'],
	['**甲：**乙**丙。**丁', '<strong>甲：</strong>乙<strong>丙。</strong>丁'],
	['*甲，*乙', '<em>甲，</em>乙'],
	['**一个月**内', '<strong>一个月</strong>内'],
	['见**[第七条](https://a.example/7)**之外', '见<strong><a href="https://a.example/7">第七条</a></strong>之外'],
	['**a** b', '<strong>a</strong> b'],
	['2 * 3 * 4', '2 * 3 * 4'],
	['**未完，', '**未完，'],
	['** 空 ** 格', '** 空 ** 格'],
	['6000 × 6 ** 甲', '6000 × 6 ** 甲'],
	['\\**甲，**乙', '**甲，**乙'],
	['`**`**甲，**乙', '<code>**</code><strong>甲，</strong>乙']
])('%s', (markdown, html) => {
	expect(render(markdown)).toBe(html);
});
