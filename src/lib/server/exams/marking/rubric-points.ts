/** A line of a rubric: what is looked for, and its share of the points. */
export interface Criterion {
	criterion: string;
	points: number;
}

/**
 * The points that each line of a rubric can give when the answer is worth so many: shares scaled, in hundredths, the remainder to the
 * lines that lost most by rounding (Hare and Niemeyer), so that they add up to exactly what the answer is worth.
 */
export function rubricPoints(rubric: readonly Criterion[], points: number): number[] {
	const shares = rubric.reduce((sum, line) => sum + line.points, 0);
	const hundredths = Math.round(points * 100);
	const exact = rubric.map((line) => (hundredths * line.points) / shares);
	const given = exact.map(Math.floor);
	const left = hundredths - given.reduce((sum, each) => sum + each, 0);
	const byLoss = exact.map((value, index) => ({ index, loss: value - Math.floor(value) }));
	byLoss.sort((a, b) => b.loss - a.loss || a.index - b.index);
	for (const { index } of byLoss.slice(0, left)) given[index]! += 1;
	return given.map((each) => each / 100);
}

/** Adds points up without the drift of binary fractions. */
export const sumOfPoints = (points: readonly number[]): number =>
	points.reduce((sum, each) => sum + Math.round(each * 100), 0) / 100;
