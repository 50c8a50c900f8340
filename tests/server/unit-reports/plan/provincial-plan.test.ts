import { expect, test } from 'vitest';
import { provincialPlan } from '#lib/server/unit-reports/plan/provincial-plan.ts';

const items = provincialPlan.flatMap((group) => group.items);

test('has five groups, sixteen items and a hundred points', () => {
	expect(provincialPlan).toHaveLength(5);
	expect(items).toHaveLength(16);
	expect(items.reduce((sum, { points }) => sum + points, 0)).toBe(100);
});

test('every item says who leads, by when, and everything in both languages', () => {
	for (const { title, asks, standard, lead, due } of items) {
		for (const text of [title, asks, standard]) {
			expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
			expect(text.en).not.toMatch(/\p{Script=Han}/u);
		}
		expect(lead.length).toBeGreaterThan(0);
		expect(due).toMatch(/^(0\d|1[0-2])-([0-2]\d|3[01])$/);
	}
	expect(new Set(items.map(({ title }) => title.en)).size).toBe(16);
});
