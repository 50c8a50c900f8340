/** What a toast says, and what it offers: undo, or the place where the result can be seen. */
export type ToastMessage = { text: string; href?: string; label?: string };

let current = $state<ToastMessage | null>(null);

/** Says what has just happened, for eight seconds, in the app's one toast region. Errors do not belong here. */
export function showToast(message: ToastMessage): void {
	current = { ...message };
}

/** Takes the toast away. */
export function clearToast(): void {
	current = null;
}

/** The toast in view, or null. */
export function currentToast(): ToastMessage | null {
	return current;
}
