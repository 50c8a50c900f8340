-- The state of an obligation on a day, the same rule as programmes/obligation-state.ts: what a date brings about is never stored.
DROP FUNCTION IF EXISTS obligation_state(timestamptz, timestamptz, timestamptz, date, date);
CREATE OR REPLACE FUNCTION obligation_state(
	completed_at timestamptz, withdrawn_at timestamptz, exempt_at timestamptz, started_at timestamptz, opens_on date, due_on date, expires_on date, today date)
	RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE
		WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
		WHEN completed_at IS NOT NULL THEN 'completed'
		WHEN exempt_at IS NOT NULL THEN 'exempt'
		WHEN expires_on < today THEN 'expired'
		WHEN due_on < today THEN 'overdue'
		WHEN started_at IS NOT NULL THEN 'in-progress'
		WHEN opens_on > today THEN 'upcoming'
		ELSE 'open'
	END;
