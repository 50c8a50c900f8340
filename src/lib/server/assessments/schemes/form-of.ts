import { type Component, componentRows, kindOf } from '#lib/schemas/assessments.ts';
import type { Scheme } from './read-scheme.ts';

/** A scheme as the fields of its form. */
export function formOf({ rule, ...scheme }: Scheme): Record<string, string | string[]> {
	const fields: Record<string, string | string[]> = {
		name: scheme.name,
		basis: scheme.basis,
		position: String(scheme.position),
		ranks: scheme.ranks,
		levels: scheme.levels,
		establishments: scheme.establishments,
		leading: scheme.leading === null ? '' : scheme.leading ? 'yes' : 'no',
		decimals: String(rule.decimals)
	};
	const exams = rule.components.filter(({ kind }) => kind === 'exam');
	const componentOf = (row: (typeof componentRows)[number]): Component | undefined =>
		row === 'exam' ? exams[0] : row === 'exam2' ? exams[1] : rule.components.find(({ kind }) => kind === kindOf(row));
	for (const row of componentRows) {
		const component = componentOf(row);
		if (!component) continue;
		fields[`${row}-weight`] = String(component.weight);
		fields[`${row}-cap`] = component.cap === null ? '' : String(component.cap);
		fields[`${row}-basis`] = component.basis;
		fields[`${row}-permit`] = component.permit ?? '';
		if (component.purpose) fields[`${row}-purpose`] = component.purpose;
		if (component.take) fields[`${row}-take`] = component.take;
		if (component.full) fields[`${row}-full`] = String(component.full);
	}
	for (const { kind, least, basis } of rule.minimums) {
		fields[`least-${kind}`] = String(least);
		fields[`least-${kind}-basis`] = basis;
	}
	for (const { when, limit, below, basis } of rule.vetoes) {
		fields[`${when}-limit`] = limit;
		fields[`${when}-because`] = basis;
		if (below !== undefined) fields[`${when}-mark`] = String(below);
	}
	for (const { band, from } of rule.bands) fields[`${band}-from`] = String(from);
	return fields;
}
