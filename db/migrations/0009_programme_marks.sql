CREATE TABLE "programme_dirty" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "programme_dirty_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid,
	"programme_assignment_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "programme_dirty_one" CHECK (num_nonnulls("programme_dirty"."person_id", "programme_dirty"."programme_assignment_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "completion_rollups" ADD COLUMN "exempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "programme_dirty" ADD CONSTRAINT "programme_dirty_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_dirty" ADD CONSTRAINT "programme_dirty_programme_assignment_id_programme_assignments_id_fk" FOREIGN KEY ("programme_assignment_id") REFERENCES "public"."programme_assignments"("id") ON DELETE no action ON UPDATE no action;