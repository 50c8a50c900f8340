import type { FrozenSection } from '#db/schema/unit-reports.ts';
import { fixedSections } from '#lib/schemas/unit-reports.ts';
import type { PlacedItem } from './plan/queries.ts';

/** A section before anything is written in it. The titles of the fixed ones are words of the interface. */
export type SectionFrame = Omit<FrozenSection, 'text'>;

const unnamed = { 'zh-CN': '', en: '' };

/** The sections of a report: one for each item that the plan asks for, under its heading; then shortcomings, the head's duty, next year. */
export function sectionsOf(items: readonly PlacedItem[]): SectionFrame[] {
	const byId = new Map(items.map((item) => [item.id, item]));
	const asked = items.filter(({ asks }) => asks !== null);
	return [
		...asked.map(({ id, parentId, title, asks }) => ({
			...{ key: id, title, asks },
			group: byId.get(parentId ?? '')?.title ?? null
		})),
		...fixedSections.map((key) => ({ key, group: null, title: unnamed, asks: null }))
	];
}
