/** A fault in a formula, with the place (counted from 1) where it was noticed. */
export class ExpressionError extends Error {
	readonly position: number;
	constructor(message: string, position: number) {
		super(`${message}（第 ${position} 个字符）`);
		this.name = 'ExpressionError';
		this.position = position;
	}
}
