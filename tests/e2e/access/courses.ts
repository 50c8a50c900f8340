import { courseFiles } from '#db/schema/courses.ts';
import { digest, newId } from '#lib/server/platform/ids.ts';
import { addressOf } from '../../factories/checks.ts';
import { aCourse } from '../../factories/courses.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/courses': { open: 'to-the-signed-in' },
	'/(app)/courses/[course]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ course: (await aCourse(ctx)).slug })
	},
	'/(app)/courses/[course]/files/[name]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => {
			const course = await aCourse(ctx);
			const bytes = Buffer.from('picture');
			const picture = { courseId: course.id, name: 'terms.png', type: 'image/png', bytes, hash: 'picture' };
			await ctx.db.insert(courseFiles).values(picture);
			return { course: course.slug, name: picture.name };
		}
	},
	'/(app)/courses/[course]/[lesson]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => addressOf(await aCourse(ctx)),
		actions: { note: () => ({ body: '期限从用工之日起算。', seen: digest('') }) }
	},
	'/(app)/courses/[course]/[lesson]/notes': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => addressOf(await aCourse(ctx))
	},
	'/(app)/courses/[course]/[lesson]/position': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => addressOf(await aCourse(ctx))
	},
	'/(app)/courses/[course]/[lesson]/check': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => addressOf(await aCourse(ctx)),
		actions: {
			begin: () => ({}),
			answer: () => ({ checkId: newId(), position: '1', kind: 'numeric', number: '1', to: '2' }),
			submit: () => ({ checkId: newId() })
		}
	},
	'/(app)/courses/[course]/[lesson]/check/answers/[position]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ ...addressOf(await aCourse(ctx)), position: '1' })
	}
};
