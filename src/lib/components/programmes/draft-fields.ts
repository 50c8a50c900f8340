/** An assignment that is being put together, as its forms carry it from step to step. */
export type Draft = {
	courseId: string;
	unitIds: string[];
	personIds: string[];
	subtree: boolean;
	dueOn: string;
	reason: string;
};

type Part = 'course' | 'people' | 'terms';

/** The draft as names and values of hidden fields, without the part that the form itself asks for. */
export function draftFields(
	{ courseId, unitIds, personIds, subtree, dueOn, reason }: Draft,
	asks: Part
): [string, string][] {
	const fields: [string, string][] = [['step', asks]];
	if (asks !== 'course') fields.push(['course', courseId]);
	if (asks !== 'people') {
		fields.push(
			...unitIds.map((id): [string, string] => ['unit', id]),
			...personIds.map((id): [string, string] => ['person', id])
		);
		if (!subtree) fields.push(['below', 'off']);
	}
	if (asks !== 'terms') fields.push(['due', dueOn], ['reason', reason]);
	return fields.filter(([, value]) => value !== '');
}
