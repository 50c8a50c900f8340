/*
 * Pages work before their script has begun, and so people tick, choose and type before it has. When it begins, it gives every
 * control the value that the server sent; without this it would take such input back, without a word.
 */
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isTick = (control: Control): control is HTMLInputElement =>
	control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio');

const stateOf = (control: Control): string => (isTick(control) ? String(control.checked) : control.value);

/** Whether somebody has changed it since the page came. Of a group of radio buttons the chosen one alone counts. */
function isTouched(control: Control): boolean {
	if (control instanceof HTMLSelectElement) {
		const options = [...control.options];
		return control.value !== (options.findLast(({ defaultSelected }) => defaultSelected) ?? options[0])?.value;
	}
	if (control.type === 'file') return false; // no script sets these
	if (control.type === 'radio')
		return (control as HTMLInputElement).checked && !(control as HTMLInputElement).defaultChecked;
	return isTick(control) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;
}

/** Svelte takes the `value` attribute away from what it takes over: a field with a value of its own keeps its selection then. */
function own(control: Control): void {
	const { value } = control;
	if (!isTick(control) && !(control instanceof HTMLSelectElement) && control.type !== 'file') control.value = value;
}

/** Told in any case: whoever saves what is typed has to learn of it, also when the field kept it by itself. */
function giveBack(control: Control, state: string): void {
	if (isTick(control)) control.checked = state === 'true';
	else if (control.value !== state) control.value = state;
	control.dispatchEvent(new Event('input', { bubbles: true }));
	control.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * Notes what has been put in and unfolded before the script takes the page over; to be called first of all.
 * @returns an act that gives the controls back what they had, and tells the page so, as if it were put in at that moment
 */
export function noteEarlyInput(): () => void {
	const controls = [...document.querySelectorAll<Control>('input, textarea, select')];
	const touched = controls.filter(isTouched).map((control) => ({ control, state: stateOf(control) }));
	controls.forEach(own);
	const unfolded = [...document.querySelectorAll<HTMLDetailsElement>('details[open]')];

	return () => {
		for (const fold of unfolded) fold.open = true;
		for (const { control, state } of touched) if (control.isConnected) giveBack(control, state);
	};
}
