import type { Presence } from './attendance-outcome.ts';

/** What people write into an attendance sheet, by what it means. Figures are shares of the session. */
const words: Record<Presence, readonly string[]> = {
	present: ['present', 'p', 'y', 'yes', '1', '到', '出勤', '到场', '到会', '签到', '是', '√', '✓', '✔', 'v'],
	partial: ['partial', 'part', 'late', 'l/e', '0.5', '部分', '部分出勤', '迟到', '早退', '半场', '△', '◐'],
	leave: ['leave', 'on leave', 'excused', '假', '请假', '事假', '病假', '公假', '○', 'o'],
	absent: ['absent', 'a', 'n', 'no', '0', '缺', '缺席', '缺勤', '旷课', '未到', '否', '×', 'x', '✗']
};

const byWord = new Map(
	Object.entries(words).flatMap(([presence, list]) => list.map((word) => [word, presence as Presence] as const))
);

/** What a cell says of a presence: null where it says nothing, undefined where it cannot be understood. */
export function presenceIn(cell: string): Presence | null | undefined {
	const word = cell.normalize('NFKC').trim().toLowerCase();
	if (word === '' || word === '-' || word === '—') return null;
	return byWord.get(word);
}
