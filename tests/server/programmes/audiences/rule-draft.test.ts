import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import {
	type DraftNode,
	changeDraft,
	draftOf,
	readDraft,
	ruleOf
} from '#lib/server/programmes/audiences/rule-draft.ts';
import { holds, type Profile } from '#lib/server/programmes/audiences/holds.ts';
import { aRule } from '#tests/factories/audiences.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const world = { unitIds: [id(1), id(2)], personIds: [id(3), id(4)], courseIds: [id(5)], listIds: [id(6)] };
const profiles: Profile[] = [0, 1, 2, 3].map((at) => ({
	personId: id(3 + (at % 2)),
	unitId: id(1 + (at % 2)),
	unitPath: 'p.a',
	unitIds: [id(1), id(1 + (at % 2))],
	title: ['科员', '处长'][at % 2]!,
	leadershipLevel: at % 2 ? 'section-chief' : null,
	rank: at > 1 ? 'principal-clerk-1' : null,
	status: 'active',
	establishment: at === 3 ? 'contract' : null,
	joinedOn: '2026-03-01',
	posts: [{ kind: 'promotion', startsOn: '2026-05-01' }],
	courseIds: at % 3 ? [id(5)] : [],
	listIds: at === 2 ? [id(6)] : []
}));

/** The fields that the page sends for a draft. */
function formOf(draft: DraftNode): FormData {
	const form = new FormData();
	const write = ({ path, not, kind, values, parts }: DraftNode) => {
		form.append(`${path}:kind`, kind);
		if (not) form.append(`${path}:not`, 'on');
		for (const value of values.chosen) form.append(`${path}:chosen`, value);
		form.append(`${path}:subtree`, values.subtree ? 'on' : 'off');
		form.append(`${path}:is`, values.is ? 'on' : 'off');
		for (const name of ['text', 'id', 'span', 'months', 'from', 'to'] as const)
			form.append(`${path}:${name}`, values[name]);
		parts.forEach(write);
	};
	write(draft);
	return form;
}

const isComplete = (rule: AudienceRule): boolean =>
	'all' in rule
		? rule.all.length > 0 && rule.all.every(isComplete)
		: 'any' in rule
			? rule.any.every(isComplete)
			: 'not' in rule
				? isComplete(rule.not)
				: true;

test('a rule goes through the form and says the same of everybody', () => {
	fc.assert(
		fc.property(aRule(world).filter(isComplete), (rule) => {
			const draft = draftOf(rule);
			expect(readDraft(formOf(draft))).toEqual(draft);
			const judged = ruleOf(draft);
			if ('draft' in judged) return void expect(judged.draft.error).toBe('audience.too-deep'); // the group around it may be one too many
			for (const profile of profiles) {
				expect(holds(judged.rule, profile, '2026-11-23')).toBe(holds(rule, profile, '2026-11-23'));
			}
		}),
		{ numRuns: 300 }
	);
});

test('a rule that was kept comes back as it is', () => {
	const rule: AudienceRule = {
		all: [{ leading: true }, { any: [{ rank: { in: ['clerk-1', 'none'] } }, { not: { title: { contains: '处长' } } }] }]
	};
	expect(ruleOf(draftOf(rule))).toEqual({ rule });
});

describe('a step', () => {
	const start = draftOf({ all: [{ leading: true }, { title: { contains: '处' } }] });
	const says = (draft: DraftNode) => (ruleOf(draft) as { rule: AudienceRule }).rule;

	test('adds a condition, which is incomplete until it is filled in', () => {
		const draft = changeDraft(start, 'add r rank');
		expect(draft.parts.map(({ kind, path }) => [kind, path])).toEqual([
			['leading', 'r.0'],
			['title', 'r.1'],
			['rank', 'r.2']
		]);
		expect(ruleOf(draft)).toMatchObject({ draft: { parts: [{}, {}, { error: 'audience.nothing-chosen' }] } });
	});

	test('puts a condition in a group, dissolves it, and takes things away', () => {
		const wrapped = changeDraft(start, 'wrap r.1');
		expect(says(wrapped)).toEqual({ all: [{ leading: true }, { any: [{ title: { contains: '处' } }] }] });
		expect(says(changeDraft(wrapped, 'unwrap r.1'))).toEqual(says(start));
		expect(says(changeDraft(start, 'remove r.0'))).toEqual({ all: [{ title: { contains: '处' } }] });
	});

	test.each(['remove r', 'wrap r', 'unwrap r.0', 'add r wealth', 'add r.7 rank', 'remove', 'nonsense r.0', ''])(
		'%j changes nothing',
		(step) => {
			expect(changeDraft(start, step)).toEqual(start);
		}
	);
});

test('takes nothing from a form that could not be', () => {
	const form = new FormData();
	for (const [name, value] of [
		['r:kind', 'all'],
		['r.0:kind', 'wealth'],
		['r.1:kind', 'people'],
		['r.1:chosen', "' or true"],
		['r.9:kind', 'rank']
	] as const)
		form.append(name, value);
	expect(ruleOf(readDraft(form))).toMatchObject({
		draft: { parts: [{ error: 'audience.empty-group' }, { error: 'field.invalid' }] }
	});
	expect(ruleOf(readDraft(new FormData()))).toEqual({ rule: { all: [] } });
});
