CREATE TABLE "calendar_entries" (
	"person_id" uuid NOT NULL,
	"uid" text NOT NULL,
	"hash" text NOT NULL,
	"sequence" smallint DEFAULT 0 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_entries_person_id_uid_pk" PRIMARY KEY("person_id","uid")
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"reads" smallint DEFAULT 0 NOT NULL,
	"counted_from" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_feeds_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"ready_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	"on" date,
	"daily" boolean DEFAULT false NOT NULL,
	"mail" text DEFAULT 'none' NOT NULL,
	"mailed_at" timestamp with time zone,
	CONSTRAINT "digests_delivered" CHECK (("digests"."delivered_at" is null) = ("digests"."on" is null)),
	CONSTRAINT "digests_mailed" CHECK (("digests"."mail" = 'sent') = ("digests"."mailed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "mail_refusals" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"answer" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"mail" boolean NOT NULL,
	"language" text NOT NULL,
	"rhythm" text NOT NULL,
	"quiet_from" time,
	"quiet_until" time,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_choices_quiet" CHECK (("notification_choices"."quiet_from" is null) = ("notification_choices"."quiet_until" is null)),
	CONSTRAINT "notification_choices_awake" CHECK ("notification_choices"."quiet_from" <> "notification_choices"."quiet_until")
);
--> statement-breakpoint
CREATE TABLE "reminder_days" (
	"on" date PRIMARY KEY NOT NULL,
	"worked_at" timestamp with time zone NOT NULL,
	"reminders" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminder_settings" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"active" boolean NOT NULL,
	"days_before" smallint[] NOT NULL,
	"overdue_every" smallint NOT NULL,
	"liaison_weeks" smallint NOT NULL,
	"hr_weeks" smallint NOT NULL,
	"quiet_from" time NOT NULL,
	"quiet_until" time NOT NULL,
	"weekends" boolean NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reminder_settings_one" CHECK ("reminder_settings"."id"),
	CONSTRAINT "reminder_settings_awake" CHECK ("reminder_settings"."quiet_from" <> "reminder_settings"."quiet_until"),
	CONSTRAINT "reminder_settings_every" CHECK ("reminder_settings"."overdue_every" between 1 and 90),
	CONSTRAINT "reminder_settings_weeks" CHECK ("reminder_settings"."liaison_weeks" between 1 and 52 and "reminder_settings"."hr_weeks" between "reminder_settings"."liaison_weeks" and 52)
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"obligation_id" uuid,
	"exam_id" uuid,
	"event_id" uuid,
	"step" text NOT NULL,
	"due_on" date NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"digest_id" uuid,
	CONSTRAINT "reminders_one_thing" CHECK (num_nonnulls("reminders"."obligation_id", "reminders"."exam_id", "reminders"."event_id") = 1),
	CONSTRAINT "reminders_step" CHECK ("reminders"."step" ~ '^(assigned|before-[0-9]+|overdue-[0-9]+)$')
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "waits" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "digest_id" uuid;--> statement-breakpoint
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_refusals" ADD CONSTRAINT "mail_refusals_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_settings" ADD CONSTRAINT "reminder_settings_changed_by_people_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "digests_one_open" ON "digests" USING btree ("person_id") WHERE "digests"."delivered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "digests_one_a_day" ON "digests" USING btree ("person_id","on") WHERE "digests"."daily";--> statement-breakpoint
CREATE INDEX "digests_ready" ON "digests" USING btree ("ready_at") WHERE "digests"."delivered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_duty_once" ON "reminders" USING btree ("obligation_id","step","due_on") WHERE "reminders"."obligation_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_exam_once" ON "reminders" USING btree ("exam_id","person_id","step","due_on") WHERE "reminders"."exam_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_event_once" ON "reminders" USING btree ("event_id","person_id","step","due_on") WHERE "reminders"."event_id" is not null;--> statement-breakpoint
CREATE INDEX "reminders_waiting" ON "reminders" USING btree ("person_id") WHERE "reminders"."digest_id" is null;--> statement-breakpoint
CREATE INDEX "reminders_digest" ON "reminders" USING btree ("digest_id");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_waiting" ON "notifications" USING btree ("person_id") WHERE "notifications"."waits";--> statement-breakpoint
CREATE INDEX "notifications_digest" ON "notifications" USING btree ("digest_id") WHERE "notifications"."digest_id" is not null;