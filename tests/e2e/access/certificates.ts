import { firstWording } from '#lib/components/certificates/certificate-words.ts';
import { revokeCertificate } from '#lib/server/certificates/revoke-certificate.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aCertificate, anHr, aTemplate } from '../../factories/certificates.ts';
import { aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

const wording = {
	...{ kind: 'course', name: '课程', prefix: '法培', ...firstWording.course },
	...{ issuerZh: '示例省人社厅', issuerEn: 'Model Province' }
};

const held = async ({ ctx, unit }: Place) => aCertificate(ctx, { person: await aPerson(ctx, { unit }) });
const heldId = async (place: Place) => (await held(place)).certificate.id;
const template = ({ ctx, unit }: Place) => aTemplate(ctx, { unit, issuesFrom: null });
const named = async (place: Place) => ({ templateId: await template(place) });
const chosen = async (place: Place) => ({
	...(await named(place)),
	subjectId: (await aCourse(place.ctx, { lessons: 1 })).id
});

async function revokedId(place: Place): Promise<string> {
	const certificateId = await heldId(place);
	await revokeCertificate(await anHr(place.ctx, place.unit), { certificateId, because: '误发' });
	return certificateId;
}

export const rows: Rows = {
	'/(app)/certificates/[certificate]': {
		open: 'to-the-signed-in',
		status: 404,
		params: async (place) => ({ certificate: await heldId(place) })
	},
	'/(app)/certificates/[certificate]/credential': {
		open: 'to-the-signed-in',
		status: 404,
		params: async (place) => ({ certificate: await heldId(place) })
	},
	'/(app)/manage/certificates': {
		open: 'to-holders',
		ability: 'certificate:view',
		shows: async (place) => (await held(place)).person.name
	},
	'/(app)/manage/certificates/export': { open: 'to-holders', ability: 'certificate:view', shows: 'everything' },
	'/(app)/manage/certificates/print': {
		open: 'to-holders',
		ability: 'certificate:view',
		query: async ({ ctx, person }) => ({ 'certificateIds[]': (await aCertificate(ctx, { person })).certificate.id }),
		shows: ({ person }) => person.name
	},
	'/(app)/manage/certificates/[certificate]': {
		open: 'to-holders',
		ability: 'certificate:view',
		acts: 'certificate:edit',
		params: async (place) => ({ certificate: await heldId(place) }),
		actions: {
			revoke: async (place) => ({ certificateId: await heldId(place), because: '误发' }),
			reissue: async (place) => ({ certificateId: await revokedId(place) })
		}
	},
	'/(app)/manage/certificates/templates': {
		open: 'to-holders',
		ability: 'certificate:view',
		shows: async ({ ctx, unit }) => {
			await aTemplate(ctx, { unit, issuesFrom: null });
			return unit.name;
		}
	},
	'/(app)/manage/certificates/templates/new': {
		open: 'to-holders',
		ability: 'certificate:edit',
		shows: ({ unit }) => unit.name,
		actions: { default: ({ unit }) => ({ ...wording, prefix: `新${newId().slice(-8)}`, unitId: unit.id }) }
	},
	'/(app)/manage/certificates/templates/[template]': {
		open: 'to-holders',
		ability: 'certificate:view',
		acts: 'certificate:edit',
		params: async (place) => ({ template: await template(place) }),
		actions: {
			edit: async (place) => ({ ...wording, prefix: `改${newId().slice(-8)}`, ...(await named(place)) }),
			on: async (place) => ({ ...(await named(place)), issuesFrom: '2026-11-23' }),
			off: named,
			all: named,
			choose: chosen,
			drop: chosen
		}
	},
	'/(app)/admin/settings/signing': {
		open: 'to-holders',
		ability: 'settings:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything',
		actions: { rotate: () => ({}) }
	},
	'/verify': { open: 'to-all' },
	'/verify/[code]': { open: 'to-all', params: async (place) => ({ code: (await held(place)).certificate.code }) },
	'/verify/issuer': { open: 'to-all' },
	'/[x+2e]well-known/did.json': { open: 'to-all' }
};
