CREATE TABLE "exam_sheets" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"question_ids" uuid[] NOT NULL,
	"choices" smallint[] NOT NULL,
	"scores" integer[] NOT NULL,
	"points" integer[] NOT NULL,
	"seconds" integer[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "exam_key_changes" ADD COLUMN "person_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "exam_sheets" ADD CONSTRAINT "exam_sheets_attempt_id_exam_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."exam_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint

-- What was marked before: the same as src/lib/server/exams/statistics/keep-sheets.ts keeps from now on.
INSERT INTO exam_sheets (attempt_id, question_ids, choices, scores, points, seconds)
SELECT attempt_id, array_agg(question_id ORDER BY slot), array_agg(choice ORDER BY slot),
	array_agg((score * 100)::int ORDER BY slot), array_agg((points * 100)::int ORDER BY slot), array_agg(seconds ORDER BY slot)
FROM (
	SELECT a.attempt_id, a.slot, a.question_id, a.score, a.points,
		(CASE
			WHEN a.response IS NULL THEN NULL
			WHEN a.kind = 'true-false' THEN CASE WHEN a.response->'value' = 'true'::jsonb THEN 1 ELSE 2 END
			WHEN a.kind IN ('single', 'multiple') THEN (a.response->'chosen' ? 'A')::int * 1 + (a.response->'chosen' ? 'B')::int * 2 + (a.response->'chosen' ? 'C')::int * 4 + (a.response->'chosen' ? 'D')::int * 8 + (a.response->'chosen' ? 'E')::int * 16 + (a.response->'chosen' ? 'F')::int * 32 + (a.response->'chosen' ? 'G')::int * 64 + (a.response->'chosen' ? 'H')::int * 128
			ELSE 0 END)::smallint AS choice,
		CASE
			WHEN t.paused_seconds = 0 AND a.saved_at <= t.submitted_at
				AND a.saved_at - coalesce(lag(a.saved_at) OVER receipts, t.started_at) >= interval '1 second'
				AND coalesce(lead(a.saved_at) OVER receipts - a.saved_at >= interval '1 second', true)
			THEN extract(epoch FROM a.saved_at - coalesce(lag(a.saved_at) OVER receipts, t.started_at))::int END AS seconds
	FROM exam_attempts t JOIN exam_answers a ON a.attempt_id = t.id
	WHERE t.state IN ('marked', 'released')
	WINDOW receipts AS (PARTITION BY a.attempt_id ORDER BY a.saved_at, a.slot)) answers
GROUP BY attempt_id;--> statement-breakpoint

-- Whose points a mended key changed stood only in what they were told.
ALTER TABLE exam_key_changes DISABLE TRIGGER exam_key_changes_frozen;--> statement-breakpoint
UPDATE exam_key_changes k SET person_ids = coalesce(
	(SELECT array_agg(n.person_id) FROM notifications n WHERE n.kind = 'exam_rescored' AND n.occasion = k.id::text), '{}');--> statement-breakpoint
ALTER TABLE exam_key_changes ENABLE TRIGGER exam_key_changes_frozen;
