import type { peopleFilter } from '#lib/schemas/people.ts';
import type { ListedPerson } from '#lib/server/people/list-people.ts';
import type { TrainingSummary } from '#lib/server/programmes/summarise-training.ts';
import type { UnitChoices } from '#lib/server/units/find-units.ts';
import type { InferOutput } from 'valibot';

/** What the parts of the people list show. */
export type PeopleList = {
	filter: InferOutput<typeof peopleFilter>;
	units: UnitChoices;
	rows: ListedPerson[];
	training: Record<string, TrainingSummary>;
	today: string;
	count: number;
	/** Ids of everybody listed, once that was asked for. */
	everybody: string[] | null;
	mostAtOnce: number;
	may: { assign: boolean; issue: boolean; act: boolean; seeTraining: boolean };
};
