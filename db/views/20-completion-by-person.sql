-- What every completion figure rests on: one row per person, unit, year of the due date and course; course_id null is the
-- person over everything owed in that unit and year, courses and other requirements alike. open_due_on is the earliest date
-- still open; null: everything is completed, or, where `exempt`, nothing is left to ask: such people are counted apart.
CREATE VIEW completion_by_person AS
SELECT unit_id, extract(year FROM due_on)::smallint AS year, course_id, person_id,
	min(due_on) FILTER (WHERE completed_at IS NULL AND exempt_at IS NULL) AS open_due_on,
	bool_or(started_at IS NOT NULL OR completed_at IS NOT NULL) AS started,
	bool_and(exempt_at IS NOT NULL) AS exempt
FROM obligations
WHERE withdrawn_at IS NULL AND unit_id IS NOT NULL
GROUP BY GROUPING SETS ((unit_id, extract(year FROM due_on), person_id, course_id), (unit_id, extract(year FROM due_on), person_id))
HAVING grouping(course_id) = 1 OR course_id IS NOT NULL;
