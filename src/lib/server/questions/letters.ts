/** A for the first option, B for the second. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** Place of a letter, from 1: what PostgreSQL needs to look it up in the order shown. */
export const placeOf = (letter: string): number => letter.charCodeAt(0) - 64;
