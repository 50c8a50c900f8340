CREATE TABLE "hour_targets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"grades" text[] DEFAULT '{}' NOT NULL,
	"establishments" text[] DEFAULT '{}' NOT NULL,
	"words" text[] DEFAULT '{}' NOT NULL,
	"years" smallint NOT NULL,
	"hours" numeric(6, 1) NOT NULL,
	"category" "hour_category",
	"valid_from" smallint NOT NULL,
	"valid_until" smallint,
	"basis" text NOT NULL,
	"follows" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "hour_targets_years" CHECK ("hour_targets"."years" between 1 and 5),
	CONSTRAINT "hour_targets_hours" CHECK ("hour_targets"."hours" > 0),
	CONSTRAINT "hour_targets_forward" CHECK ("hour_targets"."valid_until" is null or "hour_targets"."valid_until" >= "hour_targets"."valid_from" - 1),
	CONSTRAINT "hour_targets_basis" CHECK (btrim("hour_targets"."basis") <> '')
);
--> statement-breakpoint
ALTER TABLE "hour_entries" ADD COLUMN "because" text;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD COLUMN "decided_by" uuid;--> statement-breakpoint
ALTER TABLE "hour_targets" ADD CONSTRAINT "hour_targets_follows_hour_targets_id_fk" FOREIGN KEY ("follows") REFERENCES "public"."hour_targets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hour_targets" ADD CONSTRAINT "hour_targets_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "hour_targets_follows" ON "hour_targets" USING btree ("follows");--> statement-breakpoint
ALTER TABLE "hour_entries" ADD CONSTRAINT "hour_entries_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD CONSTRAINT "hour_entries_decided" CHECK ("hour_entries"."decided_by" is null or length(btrim("hour_entries"."because")) > 0);--> statement-breakpoint

-- The targets that hold until an office decides otherwise. They ask for a least number of hours; no result weighs them.
INSERT INTO hour_targets (id, name, grades, words, years, hours, category, valid_from, basis, created_at) VALUES
	('01830000-0000-7000-8000-000000000001', '{"zh-CN": "处级及以上", "en": "Division level and above"}', '{department,division}', '{}', 5, 550, NULL, 2023, '全国干部教育培训规划（2023—2027年）', '2023-01-01T00:00:00Z'),
	('01830000-0000-7000-8000-000000000002', '{"zh-CN": "科级及以下", "en": "Section level and below"}', '{section,staff}', '{}', 1, 90, NULL, 2023, '全国干部教育培训规划（2023—2027年）', '2023-01-01T00:00:00Z'),
	('01830000-0000-7000-8000-000000000003', '{"zh-CN": "线上学习", "en": "Online study"}', '{}', '{}', 1, 50, 'online', 2023, '全国干部教育培训规划（2023—2027年）', '2023-01-01T00:00:00Z'),
	('01830000-0000-7000-8000-000000000004', '{"zh-CN": "行政执法人员", "en": "Enforcement staff"}', '{}', '{执法,监察}', 1, 60, NULL, 2023, '提升行政执法质量三年行动计划（2023—2025年）', '2023-01-01T00:00:00Z');
