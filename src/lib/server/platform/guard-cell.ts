const longest = 32_767;
const opensFormula = /^\s*[=+\-@＝＋－＠]./su;
const opensWithControl = /^[\t\r\n]/;
const plainNumber = /^[+-]\d+([.,]\d+)*%?$/;
/** What XML cannot carry. */
// eslint-disable-next-line no-control-regex -- the control characters are the point
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/**
 * A text as a spreadsheet may hold it. What a spreadsheet could take for a formula, now or after being saved as CSV, gets an
 * apostrophe in front, as OWASP's "CSV Injection" advises; names and signed numbers stay as they are.
 */
export function guardCell(text: string): string {
	const clean = text.toWellFormed().replace(unwritable, '');
	const dangerous = opensWithControl.test(clean) || (opensFormula.test(clean) && !plainNumber.test(clean));
	return (dangerous ? `'${clean}` : clean).slice(0, longest);
}
