import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type { SignedIn } from '../../platform/context.ts';
import { createAudience } from '../../programmes/audiences/create-audience.ts';

const rules: Record<string, AudienceRule> = {
	全省领导干部: { leading: true },
	最近一年新提任的领导: { all: [{ leading: true }, { postChange: { kinds: ['promotion'], withinMonths: 12 } }] },
	入职一年内的人员: { joined: { withinMonths: 12 } },
	编外和事业单位窗口人员: {
		all: [
			{ establishment: { in: ['institution', 'contract'] } },
			{ not: { any: [{ leading: true }, { title: { contains: '主任' } }] } }
		]
	}
};

/** The audiences that the HR office of the province keeps: their ids by name. */
export async function keepAudiences(hr: SignedIn, unitId: string): Promise<Map<string, string>> {
	const kept = new Map<string, string>();
	for (const [name, rule] of Object.entries(rules)) kept.set(name, await createAudience(hr, { unitId, name, rule }));
	return kept;
}
