/**
 * The instant at which a request acts: now. In the build that tests serve, this function lets a request say another one in its
 * headers: tests/setup/test-build.ts writes that into a copy of the real build, which holds nothing of it.
 */
export function instantOf(_headers: Headers): Date {
	return new Date();
}
