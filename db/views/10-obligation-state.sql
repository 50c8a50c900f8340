-- The state of an obligation on a day, the same rule as programmes/obligation-state.ts: overdue is never stored.
CREATE OR REPLACE FUNCTION obligation_state(completed_at timestamptz, withdrawn_at timestamptz, started_at timestamptz, due_on date, today date)
	RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE
		WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
		WHEN completed_at IS NOT NULL THEN 'completed'
		WHEN due_on < today THEN 'overdue'
		WHEN started_at IS NOT NULL THEN 'in-progress'
		ELSE 'not-started'
	END;
