/** How many characters a text has, as a reader counts them: without spaces and line ends. */
export const countCharacters = (text: string): number => [...text.replace(/\s+/gu, '')].length;
