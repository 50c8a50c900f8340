/** A number as it is printed: 法培〔2026〕0007号. */
export const printedNumber = (prefix: string, year: number, serial: number): string =>
	`${prefix}〔${year}〕${String(serial).padStart(4, '0')}号`;
