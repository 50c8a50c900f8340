-- What every completion figure rests on: one row per person, unit, year of the due date and course; course_id null is the
-- person over all courses of that unit and year. open_due_on is the earliest date still open; null: everything is completed.
CREATE VIEW completion_by_person AS
SELECT unit_id, extract(year FROM due_on)::smallint AS year, course_id, person_id,
	min(due_on) FILTER (WHERE completed_at IS NULL) AS open_due_on,
	bool_or(started_at IS NOT NULL OR completed_at IS NOT NULL) AS started
FROM obligations
WHERE withdrawn_at IS NULL AND unit_id IS NOT NULL
GROUP BY GROUPING SETS ((unit_id, extract(year FROM due_on), person_id, course_id), (unit_id, extract(year FROM due_on), person_id));
