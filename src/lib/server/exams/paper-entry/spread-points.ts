/**
 * Spreads the points of a section over its questions by what each is worth, so that a paper adds up where only the section's points
 * are known. To hundredths, what is left over to the first ones: the parts add up to the whole exactly, and none exceeds its worth.
 */
export function spreadPoints(given: number, worth: readonly number[]): number[] {
	const whole = Math.round(given * 100);
	const each = worth.map((points) => Math.round(points * 100));
	const sum = each.reduce((total, points) => total + points, 0);
	const parts = each.map((points) => (sum === 0 ? 0 : Math.floor((whole * points) / sum)));
	let left = whole - parts.reduce((total, part) => total + part, 0);
	return parts.map((part, index) => {
		const more = Math.min(left, each[index]! - part, 1);
		left -= more;
		return (part + more) / 100;
	});
}
