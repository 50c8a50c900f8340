CREATE TABLE "calendar_feeds" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "calendar_feeds_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"on" date NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"mailed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reminder_settings" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"mail" boolean NOT NULL,
	"quiet_from" time NOT NULL,
	"quiet_until" time NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reminder_settings_awake" CHECK ("reminder_settings"."quiet_from" <> "reminder_settings"."quiet_until")
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"obligation_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"occasion" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"digest_id" uuid
);
--> statement-breakpoint
ALTER TABLE "exemptions" DROP CONSTRAINT "exemptions_not_own";--> statement-breakpoint
ALTER TABLE "exemptions" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "exemptions" ADD COLUMN "ended_because" text;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_settings" ADD CONSTRAINT "reminder_settings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "digests_one_a_day" ON "digests" USING btree ("person_id","on");--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_once" ON "reminders" USING btree ("person_id","occasion");--> statement-breakpoint
CREATE INDEX "reminders_digest" ON "reminders" USING btree ("digest_id");--> statement-breakpoint
CREATE INDEX "reminders_obligation" ON "reminders" USING btree ("obligation_id");--> statement-breakpoint
CREATE INDEX "reminders_waiting" ON "reminders" USING btree ("person_id") WHERE "reminders"."digest_id" is null;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exemptions_one_general_asked" ON "exemptions" USING btree ("person_id") WHERE "exemptions"."state" = 'asked' and "exemptions"."obligation_id" is null;--> statement-breakpoint
CREATE INDEX "exemptions_general" ON "exemptions" USING btree ("person_id") WHERE "exemptions"."state" = 'approved' and "exemptions"."kind" = 'exemption' and "exemptions"."obligation_id" is null;--> statement-breakpoint
CREATE INDEX "exemptions_until" ON "exemptions" USING btree ("until") WHERE "exemptions"."state" = 'approved' and "exemptions"."kind" = 'exemption';--> statement-breakpoint
CREATE INDEX "obligations_exemption" ON "obligations" USING btree ("exemption_id") WHERE "obligations"."exemption_id" is not null;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_ended" CHECK (("exemptions"."state" = 'ended') = ("exemptions"."ended_at" is not null));--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_not_own" CHECK (("exemptions"."decided_by" is null or "exemptions"."decided_by" not in ("exemptions"."person_id", "exemptions"."asked_by")) and ("exemptions"."ended_by" is null or "exemptions"."ended_by" <> "exemptions"."person_id"));