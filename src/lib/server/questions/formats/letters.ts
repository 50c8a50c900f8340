/** A is 0. */
export const letterAt = (index: number): string => String.fromCharCode(65 + index);
export const indexOfLetter = (letter: string): number => letter.charCodeAt(0) - 65;
