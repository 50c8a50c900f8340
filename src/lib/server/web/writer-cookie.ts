import type { RequestEvent } from '@sveltejs/kit';
import { newSecret } from '../platform/ids.ts';

type Asked = Pick<RequestEvent, 'cookies' | 'url'> & { params: { exam: string } };

const name = 'sitting';
/** Longer than any sitting, so that a browser that was closed or a device that was switched off goes on as the same page. */
const seconds = 2 * 86_400;

/** The page that writes in an exam, as this browser knows it; tabs tell each other apart by themselves. */
export const readWriter = ({ cookies }: Pick<Asked, 'cookies'>): string | undefined => cookies.get(name);

/** Makes this browser the one that writes, under a new name unless it has one to go on with. */
export function setWriter({ cookies, url, params }: Asked, writer = newSecret(20)): string {
	cookies.set(name, writer, {
		path: `/exams/${params.exam}`,
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: seconds
	});
	return writer;
}
