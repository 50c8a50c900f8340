const two = (value: number) => String(value).padStart(2, '0');

/** Seconds as a clock counts them down: 25:12, or 1:05:00 from an hour on. */
export function timeLeft(seconds: number): string {
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
	const rest = `${two(minutes)}:${two(seconds % 60)}`;
	return hours > 0 ? `${hours}:${rest}` : rest;
}
