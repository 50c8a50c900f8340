/** The fields of a form as an object. A name that ends in `[]` gathers every value into a list; other names keep the last. */
export function fieldsOf(form: FormData): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	for (const [name, value] of form) {
		if (name.endsWith('[]')) {
			const list = (fields[name.slice(0, -2)] ??= []) as unknown[];
			list.push(value);
		} else fields[name] = value;
	}
	return fields;
}
