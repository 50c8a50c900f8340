import { letterOf } from '#lib/server/questions/letters.ts';
import type { MultipleContent, SingleContent, SmallContent } from '#lib/server/questions/content/parse-questions.ts';

type Warn = (code: string, message: string) => void;

/** Fewer questions than this show no tendency. */
const fewest = 12;
/** How often a letter may be right among the questions of a course that have it as an option, by their kind. */
const sharesOfRight = { single: [0.15, 0.38], multiple: [0.25, 0.85] } as const;
/** How many of a course's statements may be true. */
const shareOfTrue = [0.4, 0.6] as const;

/** Whether a right answer could be guessed from the letters of a course's keys, or from how often a statement is true. */
export function checkLetters(small: SmallContent[], warn: Warn): void {
	checkKind(
		'单选题',
		small.filter((question) => question.kind === 'single'),
		sharesOfRight.single,
		warn
	);
	checkKind(
		'多选题',
		small.filter((question) => question.kind === 'multiple'),
		sharesOfRight.multiple,
		warn
	);
	const verdicts = small.filter((question) => question.kind === 'true-false');
	const share = verdicts.filter(({ key }) => key).length / verdicts.length;
	if (verdicts.length >= fewest && isOutside(share, shareOfTrue)) {
		warn('balance.true-false', `全课判断题里对的占 ${percent(share)}，宜在 ${band(shareOfTrue)} 之间`);
	}
}

function checkKind(
	name: string,
	questions: (SingleContent | MultipleContent)[],
	bounds: readonly [number, number],
	warn: Warn
): void {
	for (const letter of ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const) {
		const able = questions.filter(({ options }) => letter <= letterOf(options.length - 1));
		if (able.length < fewest) continue;
		const share = able.filter(({ key }) => key.includes(letter)).length / able.length;
		if (isOutside(share, bounds)) {
			warn('balance.letters', `${name}里 ${letter} 是正确项的占 ${percent(share)}，宜在 ${band(bounds)} 之间`);
		}
	}
}

const isOutside = (share: number, [least, most]: readonly [number, number]) => share < least || share > most;
const band = ([least, most]: readonly [number, number]) => `${percent(least)} 至 ${percent(most)}`;
const percent = (share: number) => `${Math.round(share * 100)}%`;
