/** Where a picture of a question is found, by its name. */
export const pictureAddress =
	(questionId: string) =>
	(name: string): string =>
		`/questions/${questionId}/pictures/${name}`;
