CREATE TABLE "course_rounds" (
	"person_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "course_rounds_person_id_course_id_number_pk" PRIMARY KEY("person_id","course_id","number"),
	CONSTRAINT "course_rounds_number" CHECK ("course_rounds"."number" >= 2)
);
--> statement-breakpoint
DROP INDEX "course_completions_once";--> statement-breakpoint
DROP INDEX "hour_entries_once";--> statement-breakpoint
ALTER TABLE "lesson_completions" DROP CONSTRAINT "lesson_completions_person_id_lesson_id_pk";--> statement-breakpoint
ALTER TABLE "course_completions" ADD COLUMN "round" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD COLUMN "round" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD CONSTRAINT "lesson_completions_person_id_lesson_id_round_pk" PRIMARY KEY("person_id","lesson_id","round");--> statement-breakpoint
ALTER TABLE "mastery_checks" ADD COLUMN "round" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD COLUMN "round" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "renews_from" date;--> statement-breakpoint
ALTER TABLE "course_rounds" ADD CONSTRAINT "course_rounds_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_rounds" ADD CONSTRAINT "course_rounds_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "course_completions_once" ON "course_completions" USING btree ("person_id","course_id","round");--> statement-breakpoint
CREATE UNIQUE INDEX "hour_entries_once" ON "hour_entries" USING btree ("person_id","source","source_id","round","number") WHERE "hour_entries"."reverses" is null;--> statement-breakpoint
-- Renewals that stand already hold on from the day on which what they renew runs out, which was their date.
UPDATE "obligations" o SET "renews_from" = o."due_on"
FROM "programme_assignments" a, "programme_requirements" r JOIN "programme_versions" v ON v."id" = r."version_id"
WHERE a."id" = o."programme_assignment_id" AND r."id" = o."requirement_id" AND v."recurrence" = 'after-completion' AND o."period_on" > a."starts_on";--> statement-breakpoint
-- A round that was opened stays, with what was studied in it.
CREATE TRIGGER course_rounds_frozen BEFORE UPDATE OR DELETE ON course_rounds FOR EACH ROW EXECUTE FUNCTION refuse_change();
