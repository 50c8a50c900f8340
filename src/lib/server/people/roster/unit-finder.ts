import type { Problem } from '#lib/schemas/roster.ts';

export type PlacedUnit = {
	id: string;
	parentId: string | null;
	code: string;
	name: string;
	path: string;
	closedOn: string | null;
};

export type Found = { unit: PlacedUnit } | { problem: Problem };

/**
 * Finds the units that rows name: by code, by full path (“示例市局/办公室”, from any level down), or by a name that only one
 * unit has. Only units within reach are named back; a code of another unit is told to lie beyond it.
 */
export class UnitFinder {
	readonly #byCode = new Map<string, PlacedUnit>();
	readonly #byPath = new Map<string, Set<PlacedUnit>>();
	readonly #byId: Map<string, PlacedUnit>;
	readonly #isWithinReach: (path: string) => boolean;
	readonly #labels = new Map<PlacedUnit, string>();

	constructor(units: readonly PlacedUnit[], isWithinReach: (path: string) => boolean) {
		this.#byId = new Map(units.map((unit) => [unit.id, unit]));
		this.#isWithinReach = isWithinReach;
		for (const unit of units) {
			this.#byCode.set(plain(unit.code), unit);
			if (unit.closedOn !== null || !isWithinReach(unit.path)) continue;
			const names = this.namesOf(unit);
			for (const at of names.keys()) {
				const key = plain(names.slice(at).join('/'));
				this.#byPath.set(key, (this.#byPath.get(key) ?? new Set()).add(unit));
			}
		}
	}

	/** The unit of a row that says a code, a name, or both. */
	find(code: string | undefined, name: string | undefined): Found | undefined {
		const byCode = code === undefined ? undefined : this.#findCode(code);
		const byName = name === undefined ? undefined : this.#findName(name);
		if (byCode && 'unit' in byCode && byName) {
			const named = this.#byPath.get(pathOf(name!));
			if (!named?.has(byCode.unit)) return wrong('unitName', 'roster.unit-mismatch', { name: byCode.unit.name });
		}
		return byCode ?? byName;
	}

	byId(id: string | null): PlacedUnit | undefined {
		return id === null ? undefined : this.#byId.get(id);
	}

	/** A unit as people tell it from others: with the names above it, without the province. */
	labelOf(unit: PlacedUnit | undefined): string | null {
		if (!unit) return null;
		const known = this.#labels.get(unit);
		if (known !== undefined) return known;
		const names = this.namesOf(unit);
		const label = names.slice(names.length > 1 ? 1 : 0).join('/');
		this.#labels.set(unit, label);
		return label;
	}

	/** Names from the province down. */
	namesOf(unit: PlacedUnit): string[] {
		const parent = this.byId(unit.parentId);
		return parent ? [...this.namesOf(parent), unit.name] : [unit.name];
	}

	#findCode(code: string): Found {
		const unit = this.#byCode.get(plain(code));
		if (!unit) return wrong('unitCode', 'roster.unit-unknown', { unit: code });
		if (!this.#isWithinReach(unit.path)) return wrong('unitCode', 'roster.out-of-reach');
		return unit.closedOn === null ? { unit } : wrong('unitCode', 'roster.unit-closed', { unit: unit.name });
	}

	#findName(name: string): Found {
		const [unit, ...others] = this.#byPath.get(pathOf(name)) ?? [];
		if (!unit) return wrong('unitName', 'roster.unit-unknown', { unit: name });
		return others.length === 0
			? { unit }
			: wrong('unitName', 'roster.unit-ambiguous', { unit: name, count: others.length + 1 });
	}
}

const wrong = (field: Problem['field'], key: string, values?: Problem['values']): Found => ({
	problem: { field, key, values } as Problem
});

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

const pathOf = (name: string) => plain(name).replace(/\s*[>\\→]\s*/g, '/');
