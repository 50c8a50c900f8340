/** A document as paper shows it, whatever writes it: Word or a printed page. */
export type Block =
	| { kind: 'heading'; level: 1 | 2 | 3; text: string }
	| { kind: 'paragraph'; text: string }
	| { kind: 'note'; text: string }
	| { kind: 'table'; head: string[]; rows: string[][]; /** Columns of figures. */ numeric: number[] }
	/** Lines to sign or to put a seal on. */
	| { kind: 'signatures'; lines: { label: string; value: string }[] };

export type Outline = { title: string; subtitle: string; blocks: Block[] };
