CREATE TYPE "public"."bulk_act_state" AS ENUM('previewed', 'running', 'done', 'undoing', 'undone');--> statement-breakpoint
CREATE TYPE "public"."bulk_row_state" AS ENUM('waiting', 'done', 'refused', 'undone');--> statement-breakpoint
CREATE TABLE "bulk_act_rows" (
	"act_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"target_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"state" "bulk_row_state" DEFAULT 'waiting' NOT NULL,
	"error" text,
	"made" jsonb,
	CONSTRAINT "bulk_act_rows_act_id_position_pk" PRIMARY KEY("act_id","position"),
	CONSTRAINT "bulk_act_rows_refused" CHECK ("bulk_act_rows"."state" <> 'refused' or "bulk_act_rows"."error" is not null)
);
--> statement-breakpoint
CREATE TABLE "bulk_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"list" text NOT NULL,
	"filter" text NOT NULL,
	"values" jsonb NOT NULL,
	"unit_id" uuid NOT NULL,
	"state" "bulk_act_state" DEFAULT 'previewed' NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"undone_by" uuid,
	"undone_at" timestamp with time zone,
	"undone_because" text,
	CONSTRAINT "bulk_acts_started" CHECK (("bulk_acts"."state" = 'previewed') = ("bulk_acts"."started_at" is null)),
	CONSTRAINT "bulk_acts_finished" CHECK (("bulk_acts"."state" in ('previewed', 'running')) = ("bulk_acts"."finished_at" is null)),
	CONSTRAINT "bulk_acts_undone" CHECK (num_nonnulls("bulk_acts"."undone_by", "bulk_acts"."undone_at", "bulk_acts"."undone_because") = case when "bulk_acts"."state" in ('undoing', 'undone') then 3 else 0 end)
);
--> statement-breakpoint
ALTER TABLE "bulk_act_rows" ADD CONSTRAINT "bulk_act_rows_act_id_bulk_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."bulk_acts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_act_rows" ADD CONSTRAINT "bulk_act_rows_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_acts" ADD CONSTRAINT "bulk_acts_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_acts" ADD CONSTRAINT "bulk_acts_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_acts" ADD CONSTRAINT "bulk_acts_undone_by_people_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_act_rows_state" ON "bulk_act_rows" USING btree ("act_id","state","position");--> statement-breakpoint
CREATE INDEX "bulk_acts_unit" ON "bulk_acts" USING btree ("unit_id","created_at");--> statement-breakpoint
CREATE INDEX "bulk_acts_author" ON "bulk_acts" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "bulk_acts_going" ON "bulk_acts" USING btree ("created_at") WHERE "bulk_acts"."state" in ('running', 'undoing');