-- The exams that a person has before them, each with the time in which it belongs on Today's page, and so counts in the figure
-- beside every page: from seven days before it opens for as long as it is to be sat or a paper of it is open (until_at null).
-- Never a mock exam. The same rule as exams/sitting/own-standing.ts.
CREATE OR REPLACE FUNCTION exams_to_sit(person uuid) RETURNS TABLE (exam_id uuid, from_at timestamptz, until_at timestamptz)
	LANGUAGE sql STABLE PARALLEL SAFE
AS $$
	SELECT c.exam_id, c.opens_at - interval '7 days',
		CASE
			WHEN tries.open THEN NULL
			WHEN e.state = 'published' AND (tries.prepared OR tries.sat < e.attempts)
				THEN least(c.closes_at + c.extra_minutes * interval '1 minute', c.opens_at + e.entry_minutes * interval '1 minute')
			ELSE c.opens_at
		END
	FROM exam_candidates c
	JOIN exams e ON e.id = c.exam_id
	CROSS JOIN LATERAL (
		SELECT coalesce(bool_or(a.state = 'open'), false) AS open, coalesce(bool_or(a.state = 'prepared'), false) AS prepared,
			count(*) FILTER (WHERE a.state NOT IN ('prepared', 'voided')) AS sat
		FROM exam_attempts a WHERE a.exam_id = c.exam_id AND a.person_id = person
	) tries
	WHERE c.person_id = person AND e.state NOT IN ('draft', 'cancelled') AND e.kind <> 'mock'
		AND (c.status = 'due' OR tries.open)
$$;
