/** Hands the paper in by the form of the page. @returns whether the server says that it has been handed in, now or before */
export async function handIn(exam: string, attemptId: string): Promise<boolean> {
	const body = new URLSearchParams({ attemptId });
	try {
		const response = await fetch(`/exams/${exam}/sit?/submit`, {
			method: 'POST',
			headers: { 'x-sveltekit-action': 'true', accept: 'application/json' },
			body
		});
		if (!response.ok) return false;
		const { type } = (await response.json()) as { type: string };
		return type === 'redirect' || type === 'success' || type === 'failure'; // refused: it is not open any more
	} catch {
		return false;
	}
}
