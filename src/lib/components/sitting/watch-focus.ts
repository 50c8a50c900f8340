/**
 * Tells how long the page was out of sight or without the focus, each time it comes back or is left for good.
 * @returns ends the watching
 */
export function watchFocus(tell: (seconds: number) => void): () => void {
	let leftAt: number | undefined;
	const controller = new AbortController();
	const options = { signal: controller.signal };

	const leave = () => {
		leftAt ??= performance.now();
	};
	const say = () => {
		if (leftAt !== undefined) tell(Math.round((performance.now() - leftAt) / 1_000));
		leftAt = undefined;
	};
	const back = () => document.visibilityState === 'visible' && say();
	window.addEventListener('blur', leave, options);
	window.addEventListener('focus', back, options);
	window.addEventListener('pagehide', say, options);
	document.addEventListener(
		'visibilitychange',
		() => (document.visibilityState === 'hidden' ? leave() : document.hasFocus() && back()),
		options
	);
	return () => controller.abort();
}
