/** How a button looks. `kind` is plain unless told; `danger` names what it touches in its words. */
export type ButtonLook = { kind?: 'primary' | 'quiet' | 'danger'; size?: 'small' | 'large' };

/** The classes of a button, for `Button` and `ButtonLink` alike. */
export function buttonClass({ kind, size }: ButtonLook): string {
	return ['button', kind && `button--${kind}`, size && `button--${size}`].filter(Boolean).join(' ');
}
