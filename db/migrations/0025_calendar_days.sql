CREATE TABLE "calendar_days" (
	"on" date PRIMARY KEY NOT NULL,
	"worked" boolean NOT NULL,
	"name" text,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_days_name" CHECK ("calendar_days"."name" is null or btrim("calendar_days"."name") <> '')
);
--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;