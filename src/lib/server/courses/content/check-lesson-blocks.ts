/** Reports a fault at a line of the text. */
export type At = (line: number, code: string, message: string) => void;

const kinds = ['case', 'caution', 'summary'];

/** `:::` blocks: their kinds, titles and ends, one case and one caution at least, and the summary last. */
export function checkBlocks(body: string, at: At): void {
	const lines = body.split('\n');
	const count: Record<string, number> = { case: 0, caution: 0, summary: 0 };
	let open: { kind: string; line: number; content: string[] } | undefined;
	let afterSummary = false;
	for (const [index, text] of lines.entries()) {
		const line = index + 1;
		const fence = /^(\s*):::\s*(\S*)\s*(.*)$/.exec(text);
		if (!fence) {
			if (open) open.content.push(text);
			else if (afterSummary && text.trim()) {
				at(line, 'block.summary-last', ':::summary 应当放在最后');
				afterSummary = false;
			}
			continue;
		}
		const [, indent, kind = '', title = ''] = fence;
		if (indent) at(line, 'block.indent', '::: 应当占行首');
		if (kind === '') {
			if (!open) at(line, 'block.stray-end', '这个 ::: 没有对应的开头');
			else if (open.kind === 'summary') checkSummary(open.content, open.line, at);
			else if (open.content.every((each) => !each.trim())) at(open.line, 'block.empty', `:::${open.kind} 没有内容`);
			afterSummary ||= open?.kind === 'summary';
			open = undefined;
			continue;
		}
		if (open) at(line, 'block.nested', `第 ${open.line} 行的 :::${open.kind} 还没有收尾，提示块不嵌套`);
		if (!kinds.includes(kind)) at(line, 'block.kind', `没有 :::${kind}，只有 case、caution、summary`);
		else count[kind]! += 1;
		if (kind !== 'summary' && !title) at(line, 'block.title', `:::${kind} 后面要写标题`);
		if (kind === 'summary' && title) at(line, 'block.title', ':::summary 不写标题');
		open = { kind, line, content: [] };
	}
	if (open) at(open.line, 'block.open', `:::${open.kind} 没有用单独一行 ::: 收尾`);
	if (count['case'] === 0) at(1, 'lesson.no-case', '至少要有一个 :::case');
	if (count['caution'] === 0) at(1, 'lesson.no-caution', '至少要有一个 :::caution');
	if (count['summary'] !== 1) at(1, 'lesson.summary', '应当恰好有一个 :::summary');
}

function checkSummary(content: string[], line: number, at: At): void {
	const filled = content.filter((each) => each.trim());
	if (filled.length !== 3 || filled.some((each, index) => !each.startsWith(`${index + 1}. `))) {
		at(line, 'summary.lines', ':::summary 应当恰好是三行有序列表');
	}
}
