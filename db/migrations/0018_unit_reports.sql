CREATE TYPE "public"."sheet_state" AS ENUM('open', 'handed-in', 'verified');--> statement-breakpoint
CREATE TYPE "public"."report_state" AS ENUM('not-started', 'draft', 'submitted', 'returned', 'accepted');--> statement-breakpoint
CREATE TYPE "public"."plan_state" AS ENUM('draft', 'published');--> statement-breakpoint
CREATE TABLE "indicator_evidence" (
	"sheet_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "indicator_evidence_sheet_id_file_id_pk" PRIMARY KEY("sheet_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "indicator_scores" (
	"sheet_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"self_score" numeric(6, 2),
	"self_text" text DEFAULT '' NOT NULL,
	"verified_score" numeric(6, 2),
	"reason" text DEFAULT '' NOT NULL,
	"voided" boolean DEFAULT false NOT NULL,
	CONSTRAINT "indicator_scores_sheet_id_indicator_id_pk" PRIMARY KEY("sheet_id","indicator_id"),
	CONSTRAINT "indicator_scores_positive" CHECK ("indicator_scores"."self_score" >= 0 and "indicator_scores"."verified_score" >= 0),
	CONSTRAINT "indicator_scores_voided" CHECK (not "indicator_scores"."voided" or "indicator_scores"."verified_score" = 0),
	CONSTRAINT "indicator_scores_reason" CHECK ("indicator_scores"."verified_score" is null or ("indicator_scores"."verified_score" is not distinct from "indicator_scores"."self_score" and not "indicator_scores"."voided") or length(btrim("indicator_scores"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "indicator_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"title" jsonb NOT NULL,
	"bands" jsonb NOT NULL,
	"state" "plan_state" DEFAULT 'draft' NOT NULL,
	"copied_from_id" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_by" uuid,
	"published_at" timestamp with time zone,
	CONSTRAINT "indicator_sets_published" CHECK (("indicator_sets"."state" = 'published') = ("indicator_sets"."published_at" is not null) and ("indicator_sets"."published_at" is null) = ("indicator_sets"."published_by" is null))
);
--> statement-breakpoint
CREATE TABLE "indicator_sheets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"set_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"state" "sheet_state" DEFAULT 'open' NOT NULL,
	"handed_in_by" uuid,
	"handed_in_at" timestamp with time zone,
	"verified_by" uuid,
	"verified_at" timestamp with time zone,
	CONSTRAINT "indicator_sheets_handed_in" CHECK (("indicator_sheets"."state" = 'open') = ("indicator_sheets"."handed_in_at" is null)),
	CONSTRAINT "indicator_sheets_verified" CHECK (("indicator_sheets"."state" = 'verified') = ("indicator_sheets"."verified_at" is not null)),
	CONSTRAINT "indicator_sheets_not_own" CHECK ("indicator_sheets"."verified_by" is null or "indicator_sheets"."verified_by" <> "indicator_sheets"."handed_in_by")
);
--> statement-breakpoint
CREATE TABLE "indicators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"set_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"title" jsonb NOT NULL,
	"standard" jsonb NOT NULL,
	"points" numeric(6, 2) NOT NULL,
	"plan_item_id" uuid,
	"reporting" boolean DEFAULT false NOT NULL,
	CONSTRAINT "indicators_points" CHECK ("indicators"."points" > 0 and "indicators"."points" <= 1000)
);
--> statement-breakpoint
CREATE TABLE "inspection_findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"inspection_id" uuid NOT NULL,
	"text" text NOT NULL,
	"answer_by" date NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "inspection_findings_text" CHECK (length(btrim("inspection_findings"."text")) > 0),
	CONSTRAINT "inspection_findings_answer" CHECK (("inspection_findings"."answer" is null) = ("inspection_findings"."answered_at" is null) and ("inspection_findings"."answer" is null) = ("inspection_findings"."answered_by" is null))
);
--> statement-breakpoint
CREATE TABLE "inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"seed" text,
	"opened_by" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publicity_evidence" (
	"item_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "publicity_evidence_item_id_file_id_pk" PRIMARY KEY("item_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "publicity_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"what" text NOT NULL,
	"for_whom" text NOT NULL,
	"by_whom" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"done_on" date,
	"done_text" text DEFAULT '' NOT NULL,
	"done_by" uuid,
	CONSTRAINT "publicity_items_forward" CHECK ("publicity_items"."starts_on" <= "publicity_items"."ends_on"),
	CONSTRAINT "publicity_items_done" CHECK (("publicity_items"."done_on" is null) = ("publicity_items"."done_by" is null) and ("publicity_items"."done_on" is null or length(btrim("publicity_items"."done_text")) > 0))
);
--> statement-breakpoint
CREATE TABLE "publicity_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"title" text NOT NULL,
	"state" "plan_state" DEFAULT 'draft' NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_by" uuid,
	"published_at" timestamp with time zone,
	CONSTRAINT "publicity_plans_title" CHECK (btrim("publicity_plans"."title") <> ''),
	CONSTRAINT "publicity_plans_published" CHECK (("publicity_plans"."state" = 'published') = ("publicity_plans"."published_at" is not null) and ("publicity_plans"."published_at" is null) = ("publicity_plans"."published_by" is null))
);
--> statement-breakpoint
CREATE TABLE "report_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"section" text,
	"text" text NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"settled_by" uuid,
	"settled_at" timestamp with time zone,
	CONSTRAINT "report_comments_text" CHECK (length(btrim("report_comments"."text")) > 0)
);
--> statement-breakpoint
CREATE TABLE "report_cycles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"plan_id" uuid NOT NULL,
	"dues" jsonb NOT NULL,
	"late_days" smallint DEFAULT 15 NOT NULL,
	"late_off" numeric(6, 2) DEFAULT 0.5 NOT NULL,
	"later_months" smallint DEFAULT 1 NOT NULL,
	"later_off" numeric(6, 2) DEFAULT 1 NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_cycles_late" CHECK ("report_cycles"."late_days" between 0 and 366 and "report_cycles"."later_months" between 0 and 12),
	CONSTRAINT "report_cycles_off" CHECK (0 <= "report_cycles"."late_off" and "report_cycles"."late_off" <= "report_cycles"."later_off")
);
--> statement-breakpoint
CREATE TABLE "report_decisions" (
	"version_id" uuid PRIMARY KEY NOT NULL,
	"decision" text NOT NULL,
	"remarks" text DEFAULT '' NOT NULL,
	"again_by" date,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_decisions_returned" CHECK (("report_decisions"."decision" = 'returned') = ("report_decisions"."again_by" is not null)),
	CONSTRAINT "report_decisions_remarks" CHECK ("report_decisions"."decision" = 'accepted' or length(btrim("report_decisions"."remarks")) > 0)
);
--> statement-breakpoint
CREATE TABLE "report_evidence" (
	"report_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"section" text NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "report_evidence_report_id_file_id_pk" PRIMARY KEY("report_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "report_extensions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"before" date NOT NULL,
	"after" date NOT NULL,
	"reason" text NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_extensions_later" CHECK ("report_extensions"."after" > "report_extensions"."before"),
	CONSTRAINT "report_extensions_reason" CHECK (length(btrim("report_extensions"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "report_figures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"label" text NOT NULL,
	"value" numeric(14, 2) NOT NULL,
	"measure" text DEFAULT '' NOT NULL,
	"source" text NOT NULL,
	"as_of" date NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_figures_source" CHECK (length(btrim("report_figures"."source")) > 0)
);
--> statement-breakpoint
CREATE TABLE "report_sections" (
	"report_id" uuid NOT NULL,
	"key" text NOT NULL,
	"text" text NOT NULL,
	"version" integer NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_sections_report_id_key_pk" PRIMARY KEY("report_id","key")
);
--> statement-breakpoint
CREATE TABLE "report_signatures" (
	"version_id" uuid PRIMARY KEY NOT NULL,
	"signed_by" uuid NOT NULL,
	"signed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"content" jsonb NOT NULL,
	"digest" text NOT NULL,
	"due_on" date NOT NULL,
	"submitted_by" uuid NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cycle_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"state" "report_state" DEFAULT 'not-started' NOT NULL,
	"due_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_item_units" (
	"item_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"part" text NOT NULL,
	"name" text NOT NULL,
	"unit_id" uuid,
	CONSTRAINT "plan_item_units_name" CHECK (btrim("plan_item_units"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "plan_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"parent_id" uuid,
	"position" smallint NOT NULL,
	"lineage" uuid NOT NULL,
	"title" jsonb NOT NULL,
	"asks" jsonb,
	"standard" jsonb,
	"points" numeric(6, 2),
	"due_on" date,
	CONSTRAINT "plan_items_asks" CHECK ("plan_items"."asks" is not null or num_nonnulls("plan_items"."standard", "plan_items"."points", "plan_items"."due_on") = 0),
	CONSTRAINT "plan_items_points" CHECK ("plan_items"."points" is null or ("plan_items"."points" >= 0 and "plan_items"."points" <= 1000)),
	CONSTRAINT "plan_items_not_own_parent" CHECK ("plan_items"."parent_id" is null or "plan_items"."parent_id" <> "plan_items"."id")
);
--> statement-breakpoint
CREATE TABLE "work_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" jsonb NOT NULL,
	"basis" text DEFAULT '' NOT NULL,
	"from_year" smallint NOT NULL,
	"to_year" smallint NOT NULL,
	"state" "plan_state" DEFAULT 'draft' NOT NULL,
	"copied_from_id" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_by" uuid,
	"published_at" timestamp with time zone,
	CONSTRAINT "work_plans_years" CHECK ("work_plans"."from_year" <= "work_plans"."to_year" and "work_plans"."to_year" < "work_plans"."from_year" + 6),
	CONSTRAINT "work_plans_published" CHECK (("work_plans"."state" = 'published') = ("work_plans"."published_at" is not null) and ("work_plans"."published_at" is null) = ("work_plans"."published_by" is null))
);
--> statement-breakpoint
ALTER TABLE "indicator_evidence" ADD CONSTRAINT "indicator_evidence_sheet_id_indicator_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."indicator_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_evidence" ADD CONSTRAINT "indicator_evidence_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_evidence" ADD CONSTRAINT "indicator_evidence_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_scores" ADD CONSTRAINT "indicator_scores_sheet_id_indicator_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."indicator_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_scores" ADD CONSTRAINT "indicator_scores_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sets" ADD CONSTRAINT "indicator_sets_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sets" ADD CONSTRAINT "indicator_sets_copied_from_id_indicator_sets_id_fk" FOREIGN KEY ("copied_from_id") REFERENCES "public"."indicator_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sets" ADD CONSTRAINT "indicator_sets_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sets" ADD CONSTRAINT "indicator_sets_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sheets" ADD CONSTRAINT "indicator_sheets_set_id_indicator_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."indicator_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sheets" ADD CONSTRAINT "indicator_sheets_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sheets" ADD CONSTRAINT "indicator_sheets_handed_in_by_people_id_fk" FOREIGN KEY ("handed_in_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_sheets" ADD CONSTRAINT "indicator_sheets_verified_by_people_id_fk" FOREIGN KEY ("verified_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_set_id_indicator_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."indicator_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_plan_item_id_plan_items_id_fk" FOREIGN KEY ("plan_item_id") REFERENCES "public"."plan_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_findings" ADD CONSTRAINT "inspection_findings_inspection_id_inspections_id_fk" FOREIGN KEY ("inspection_id") REFERENCES "public"."inspections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_findings" ADD CONSTRAINT "inspection_findings_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_findings" ADD CONSTRAINT "inspection_findings_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_plan_id_publicity_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."publicity_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_opened_by_people_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_evidence" ADD CONSTRAINT "publicity_evidence_item_id_publicity_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."publicity_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_evidence" ADD CONSTRAINT "publicity_evidence_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_items" ADD CONSTRAINT "publicity_items_plan_id_publicity_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."publicity_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_items" ADD CONSTRAINT "publicity_items_done_by_people_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_plans" ADD CONSTRAINT "publicity_plans_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_plans" ADD CONSTRAINT "publicity_plans_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publicity_plans" ADD CONSTRAINT "publicity_plans_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_comments" ADD CONSTRAINT "report_comments_report_id_unit_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."unit_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_comments" ADD CONSTRAINT "report_comments_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_comments" ADD CONSTRAINT "report_comments_settled_by_people_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_cycles" ADD CONSTRAINT "report_cycles_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_cycles" ADD CONSTRAINT "report_cycles_plan_id_work_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."work_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_cycles" ADD CONSTRAINT "report_cycles_opened_by_people_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_decisions" ADD CONSTRAINT "report_decisions_version_id_report_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."report_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_decisions" ADD CONSTRAINT "report_decisions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_evidence" ADD CONSTRAINT "report_evidence_report_id_unit_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."unit_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_evidence" ADD CONSTRAINT "report_evidence_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_extensions" ADD CONSTRAINT "report_extensions_report_id_unit_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."unit_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_extensions" ADD CONSTRAINT "report_extensions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_figures" ADD CONSTRAINT "report_figures_report_id_unit_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."unit_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_figures" ADD CONSTRAINT "report_figures_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_sections" ADD CONSTRAINT "report_sections_report_id_unit_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."unit_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_sections" ADD CONSTRAINT "report_sections_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_signatures" ADD CONSTRAINT "report_signatures_version_id_report_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."report_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_signatures" ADD CONSTRAINT "report_signatures_signed_by_people_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_versions" ADD CONSTRAINT "report_versions_report_id_unit_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."unit_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_versions" ADD CONSTRAINT "report_versions_submitted_by_people_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_reports" ADD CONSTRAINT "unit_reports_cycle_id_report_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."report_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_reports" ADD CONSTRAINT "unit_reports_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_item_units" ADD CONSTRAINT "plan_item_units_item_id_plan_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."plan_items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_item_units" ADD CONSTRAINT "plan_item_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_plan_id_work_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."work_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_parent_id_plan_items_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."plan_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_plans" ADD CONSTRAINT "work_plans_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_plans" ADD CONSTRAINT "work_plans_copied_from_id_work_plans_id_fk" FOREIGN KEY ("copied_from_id") REFERENCES "public"."work_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_plans" ADD CONSTRAINT "work_plans_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_plans" ADD CONSTRAINT "work_plans_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_sets_once" ON "indicator_sets" USING btree ("unit_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_sheets_once" ON "indicator_sheets" USING btree ("set_id","unit_id");--> statement-breakpoint
CREATE INDEX "indicator_sheets_unit" ON "indicator_sheets" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "indicators_position" ON "indicators" USING btree ("set_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "indicators_one_reporting" ON "indicators" USING btree ("set_id") WHERE "indicators"."reporting";--> statement-breakpoint
CREATE INDEX "inspection_findings_inspection" ON "inspection_findings" USING btree ("inspection_id","written_at");--> statement-breakpoint
CREATE INDEX "inspections_plan" ON "inspections" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "inspections_unit" ON "inspections" USING btree ("unit_id","opened_at");--> statement-breakpoint
CREATE INDEX "publicity_items_plan" ON "publicity_items" USING btree ("plan_id","starts_on");--> statement-breakpoint
CREATE UNIQUE INDEX "publicity_plans_once" ON "publicity_plans" USING btree ("unit_id","year");--> statement-breakpoint
CREATE INDEX "publicity_plans_year" ON "publicity_plans" USING btree ("year");--> statement-breakpoint
CREATE INDEX "report_comments_report" ON "report_comments" USING btree ("report_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_cycles_once" ON "report_cycles" USING btree ("unit_id","year");--> statement-breakpoint
CREATE INDEX "report_extensions_report" ON "report_extensions" USING btree ("report_id","decided_at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_figures_label" ON "report_figures" USING btree ("report_id","label");--> statement-breakpoint
CREATE UNIQUE INDEX "report_versions_number" ON "report_versions" USING btree ("report_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "unit_reports_once" ON "unit_reports" USING btree ("cycle_id","unit_id");--> statement-breakpoint
CREATE INDEX "unit_reports_unit" ON "unit_reports" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "unit_reports_due" ON "unit_reports" USING btree ("due_on") WHERE "unit_reports"."state" not in ('submitted', 'accepted');--> statement-breakpoint
CREATE UNIQUE INDEX "plan_item_units_position" ON "plan_item_units" USING btree ("item_id","part","position");--> statement-breakpoint
CREATE INDEX "plan_item_units_unit" ON "plan_item_units" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_items_position" ON "plan_items" USING btree ("plan_id","parent_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_items_lineage" ON "plan_items" USING btree ("plan_id","lineage");--> statement-breakpoint
CREATE INDEX "work_plans_unit" ON "work_plans" USING btree ("unit_id","from_year");--> statement-breakpoint
-- What was handed in, signed or decided stands.
CREATE TRIGGER report_versions_frozen BEFORE UPDATE OR DELETE ON report_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER report_signatures_frozen BEFORE UPDATE OR DELETE ON report_signatures FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER report_decisions_frozen BEFORE UPDATE OR DELETE ON report_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER report_extensions_frozen BEFORE UPDATE OR DELETE ON report_extensions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- A report goes its way; see unit-reports/report-state.ts.
CREATE FUNCTION refuse_report_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (OLD.state::text || '>' || NEW.state::text) NOT IN (
		'not-started>draft', 'draft>submitted', 'submitted>returned', 'submitted>accepted', 'returned>submitted'
	) THEN
		RAISE EXCEPTION 'a report does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER unit_reports_transition BEFORE UPDATE ON unit_reports
	FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION refuse_report_transition();--> statement-breakpoint

-- A draft is written until it is handed in, and again once it has been returned.
CREATE FUNCTION refuse_while_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM unit_reports WHERE id = coalesce(NEW.report_id, OLD.report_id) AND state IN ('submitted', 'accepted')) THEN
		RAISE EXCEPTION 'a report that was handed in is not written any more' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER report_sections_open BEFORE INSERT OR UPDATE OR DELETE ON report_sections FOR EACH ROW EXECUTE FUNCTION refuse_while_handed_in();--> statement-breakpoint
CREATE TRIGGER report_figures_open BEFORE INSERT OR UPDATE OR DELETE ON report_figures FOR EACH ROW EXECUTE FUNCTION refuse_while_handed_in();--> statement-breakpoint
CREATE TRIGGER report_evidence_open BEFORE INSERT OR UPDATE OR DELETE ON report_evidence FOR EACH ROW EXECUTE FUNCTION refuse_while_handed_in();--> statement-breakpoint

-- A published plan is not rewritten. It may be taken back to a draft as long as no report has been asked for by it.
CREATE FUNCTION refuse_change_of_published_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR NEW.state = 'published' OR EXISTS (SELECT 1 FROM report_cycles WHERE plan_id = OLD.id) THEN
		RAISE EXCEPTION 'a published plan is not changed' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER work_plans_published BEFORE UPDATE OR DELETE ON work_plans
	FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change_of_published_plan();--> statement-breakpoint
CREATE FUNCTION refuse_change_of_published_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM work_plans WHERE id = coalesce(NEW.plan_id, OLD.plan_id) AND state = 'published') THEN
		RAISE EXCEPTION 'an item of a published plan is not changed' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER plan_items_published BEFORE INSERT OR UPDATE OR DELETE ON plan_items FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_items();--> statement-breakpoint

-- Published assessment items, and the standard behind every score, stay as they are.
CREATE TRIGGER indicator_sets_published BEFORE UPDATE OR DELETE ON indicator_sets
	FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE FUNCTION refuse_change_of_published_indicators() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM indicator_sets WHERE id = coalesce(NEW.set_id, OLD.set_id) AND state = 'published') THEN
		RAISE EXCEPTION 'a published assessment item is not changed' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER indicators_published BEFORE INSERT OR UPDATE OR DELETE ON indicators FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_indicators();--> statement-breakpoint

-- A unit scores itself until it hands its sheet in; those above verify it until they close it; then it is frozen.
CREATE FUNCTION refuse_sheet_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR (OLD.state::text || '>' || NEW.state::text) NOT IN ('open>handed-in', 'handed-in>open', 'handed-in>verified') THEN
		RAISE EXCEPTION 'a sheet of assessment items does not go that way' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER indicator_sheets_transition BEFORE UPDATE OR DELETE ON indicator_sheets FOR EACH ROW EXECUTE FUNCTION refuse_sheet_transition();--> statement-breakpoint
CREATE FUNCTION refuse_score_out_of_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	turn text;
BEGIN
	SELECT state INTO turn FROM indicator_sheets WHERE id = coalesce(NEW.sheet_id, OLD.sheet_id);
	IF turn = 'verified' OR (TG_OP = 'DELETE' AND turn <> 'open')
		OR (turn = 'handed-in' AND TG_OP = 'UPDATE' AND (NEW.self_score, NEW.self_text) IS DISTINCT FROM (OLD.self_score, OLD.self_text))
	THEN
		RAISE EXCEPTION 'a score is not changed any more' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER indicator_scores_turn BEFORE INSERT OR UPDATE OR DELETE ON indicator_scores FOR EACH ROW EXECUTE FUNCTION refuse_score_out_of_turn();--> statement-breakpoint

-- The measures of a published plan stay as they were announced; carrying them out is noted beside.
CREATE TRIGGER publicity_plans_published BEFORE UPDATE OR DELETE ON publicity_plans
	FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE FUNCTION refuse_change_of_published_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM publicity_plans WHERE id = coalesce(NEW.plan_id, OLD.plan_id) AND state = 'published') THEN
		RAISE EXCEPTION 'a measure of a published plan is not changed' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER publicity_items_published BEFORE INSERT OR DELETE OR UPDATE OF plan_id, phase, what, for_whom, by_whom, starts_on, ends_on
	ON publicity_items FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_measures();--> statement-breakpoint

-- A finding stands as it was written, and is answered once.
CREATE TRIGGER inspection_findings_answered BEFORE UPDATE OR DELETE ON inspection_findings
	FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER inspection_findings_kept BEFORE UPDATE OF text, answer_by, written_by, written_at, inspection_id ON inspection_findings
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
