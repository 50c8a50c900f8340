CREATE TABLE "exam_paper_entries" (
	"attempt_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"way" text NOT NULL,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"points" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"because" text,
	"entered_by" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exam_paper_entries_attempt_id_number_pk" PRIMARY KEY("attempt_id","number"),
	CONSTRAINT "exam_paper_entries_number" CHECK ("exam_paper_entries"."number" > 0),
	CONSTRAINT "exam_paper_entries_because" CHECK (("exam_paper_entries"."number" = 1 and "exam_paper_entries"."way" = 'answers') or length(btrim(coalesce("exam_paper_entries"."because", ''))) > 0)
);
--> statement-breakpoint
ALTER TABLE "exam_paper_entries" ADD CONSTRAINT "exam_paper_entries_attempt_id_exam_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."exam_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_paper_entries" ADD CONSTRAINT "exam_paper_entries_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint

-- What was entered stays as it was entered; a correction is an entry of its own.
CREATE TRIGGER exam_paper_entries_frozen BEFORE UPDATE OR DELETE ON exam_paper_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- An answer changes while its attempt is open; afterwards only to one that came late and was admitted, or to what the newest
-- entry of a paper that was sat on paper says.
CREATE OR REPLACE FUNCTION refuse_answer_after_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM exam_attempts WHERE id = NEW.attempt_id AND state = 'open')
		AND NOT EXISTS (
			SELECT 1 FROM exam_late_answers late
			WHERE late.attempt_id = NEW.attempt_id AND late.slot = NEW.slot AND late.admitted AND late.response IS NOT DISTINCT FROM NEW.response
		)
		AND NOT EXISTS (
			SELECT 1 FROM (
				SELECT answers FROM exam_paper_entries WHERE attempt_id = NEW.attempt_id ORDER BY number DESC LIMIT 1) newest
			WHERE newest.answers -> NEW.slot::text IS NOT DISTINCT FROM NEW.response
		)
	THEN
		RAISE EXCEPTION 'an answer is not changed after its attempt was submitted' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;
