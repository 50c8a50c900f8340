import { type SQL, sql } from 'drizzle-orm';
import { env } from '../platform/env.ts';

/** What a unit was called at an instant; null where no unit is stated. A unit that was renamed since is named as it was then. */
export const unitOfDay = (unitId: SQL, at: SQL): SQL<string | null> => sql`coalesce(
	(select n.name from unit_periods n where n.unit_id = ${unitId} and n.starts_on <= (${at} at time zone ${env.MINGFA_TIMEZONE})::date
		and (n.ends_on is null or n.ends_on > (${at} at time zone ${env.MINGFA_TIMEZONE})::date) limit 1),
	(select u.name from units u where u.id = ${unitId}))`;
