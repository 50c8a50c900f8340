import { establishmentNames, levelNames, rankNames, statusNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { eachThousand, type ListedPerson, type PeopleOrder } from '#lib/server/people/list-people.ts';
import type { PeopleFilter } from '#lib/server/people/listed.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Column } from '#lib/server/platform/xlsx.ts';
import { summariseTraining, type TrainingSummary } from '#lib/server/programmes/summarise-training.ts';

type Row = ListedPerson & { training: TrainingSummary | undefined };

/** What the page shows of a person, a column each; training only for those who may see it. */
export function columnsOf({ actor }: Context): Column<Row>[] {
	const roster: Column<Row>[] = [
		{ header: m.people_staff_number(), width: 12, value: ({ staffNumber }) => staffNumber },
		{ header: m.people_name(), width: 14, value: ({ name }) => name },
		{ header: m.people_unit(), width: 30, value: ({ unit }) => unit },
		{ header: m.people_post(), width: 18, value: ({ title }) => title },
		{ header: m.people_level(), width: 16, value: ({ leadershipLevel: level }) => level && levelNames[level]() },
		{ header: m.people_rank(), width: 16, value: ({ rank }) => rank && rankNames[rank]() },
		{
			header: m.people_establishment(),
			width: 14,
			value: ({ establishment }) => establishment && establishmentNames[establishment]()
		},
		{ header: m.people_status(), width: 12, value: ({ status }) => statusNames[status]() },
		{ header: m.people_left_on(), width: 12, value: ({ leftOn }) => leftOn }
	];
	const training: Column<Row>[] = [
		{ header: m.people_owed(), width: 10, value: ({ training }) => training?.owed },
		{ header: m.people_completed(), width: 10, value: ({ training }) => training?.completed },
		{ header: m.people_due(), width: 12, value: ({ training }) => training?.openDueOn },
		{ header: m.people_hours(), width: 10, value: ({ training }) => training?.hours }
	];
	return canSomewhere(actor, 'training:view') ? [...roster, ...training] : roster;
}

export async function* rowsOf(ctx: Context, filter: PeopleFilter, sort: PeopleOrder): AsyncGenerator<Row> {
	for await (const people of eachThousand(ctx, filter, { sort })) {
		const training = await summariseTraining(
			ctx,
			people.map(({ id }) => id)
		);
		for (const person of people) yield { ...person, training: training.get(person.id) };
	}
}
