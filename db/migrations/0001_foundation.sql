CREATE TYPE "public"."assessment_band" AS ENUM('excellent', 'qualified', 'not-qualified');--> statement-breakpoint
CREATE TYPE "public"."check_status" AS ENUM('open', 'passed', 'failed');--> statement-breakpoint
CREATE TYPE "public"."course_kind" AS ENUM('required', 'elective');--> statement-breakpoint
CREATE TYPE "public"."hour_category" AS ENUM('required', 'elective', 'online', 'class');--> statement-breakpoint
CREATE TYPE "public"."leadership_level" AS ENUM('department-chief', 'department-deputy', 'division-chief', 'division-deputy', 'section-chief', 'section-deputy');--> statement-breakpoint
CREATE TYPE "public"."person_status" AS ENUM('active', 'retired', 'left');--> statement-breakpoint
CREATE TYPE "public"."post_kind" AS ENUM('initial', 'promotion', 'transfer', 'secondment', 'acting', 'concurrent');--> statement-breakpoint
CREATE TYPE "public"."rank" AS ENUM('inspector-1', 'inspector-2', 'counsel-1', 'counsel-2', 'counsel-3', 'counsel-4', 'principal-clerk-1', 'principal-clerk-2', 'principal-clerk-3', 'principal-clerk-4', 'clerk-1', 'clerk-2');--> statement-breakpoint
CREATE TYPE "public"."roster_import_status" AS ENUM('reading', 'previewed', 'committing', 'committed', 'failed', 'discarded');--> statement-breakpoint
CREATE TYPE "public"."question_kind" AS ENUM('single', 'multiple', 'true-false', 'fill-in', 'numeric', 'case');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('learner', 'author', 'examiner', 'invigilator', 'hr', 'legal', 'liaison', 'leader', 'auditor', 'admin');--> statement-breakpoint
CREATE TYPE "public"."unit_kind" AS ENUM('province', 'division', 'city', 'county', 'institution');--> statement-breakpoint
CREATE TABLE "assessment_amendments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"result_id" uuid NOT NULL,
	"from_band" "assessment_band" NOT NULL,
	"to_band" "assessment_band" NOT NULL,
	"reason" text NOT NULL,
	"amended_by" uuid NOT NULL,
	"amended_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_amendments_reason" CHECK (length(btrim("assessment_amendments"."reason")) > 0),
	CONSTRAINT "assessment_amendments_differs" CHECK ("assessment_amendments"."from_band" <> "assessment_amendments"."to_band")
);
--> statement-breakpoint
CREATE TABLE "assessment_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"unit_id" uuid NOT NULL,
	"proposed_band" "assessment_band" NOT NULL,
	"score" numeric(5, 2) NOT NULL,
	"components" jsonb NOT NULL,
	"scheme" jsonb NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"confirmed_band" "assessment_band",
	"reason" text,
	"confirmed_by" uuid,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "assessment_results_confirmed" CHECK (("assessment_results"."confirmed_band" is null) = ("assessment_results"."confirmed_at" is null) and ("assessment_results"."confirmed_band" is null) = ("assessment_results"."confirmed_by" is null)),
	CONSTRAINT "assessment_results_reason" CHECK ("assessment_results"."confirmed_band" is null or "assessment_results"."confirmed_band" = "assessment_results"."proposed_band" or length(btrim("assessment_results"."reason")) > 0),
	CONSTRAINT "assessment_results_not_own" CHECK ("assessment_results"."confirmed_by" is null or "assessment_results"."confirmed_by" <> "assessment_results"."person_id")
);
--> statement-breakpoint
CREATE TABLE "assessment_schemes" (
	"year" smallint PRIMARY KEY NOT NULL,
	"qualified_from" numeric(5, 2) DEFAULT 60 NOT NULL,
	"excellent_from" numeric(5, 2) DEFAULT 90 NOT NULL,
	"courses_weight" smallint DEFAULT 60 NOT NULL,
	"minimum_hours" numeric(6, 1) DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_schemes_order" CHECK (0 <= "assessment_schemes"."qualified_from" and "assessment_schemes"."qualified_from" <= "assessment_schemes"."excellent_from" and "assessment_schemes"."excellent_from" <= 100),
	CONSTRAINT "assessment_schemes_weight" CHECK ("assessment_schemes"."courses_weight" between 0 and 100),
	CONSTRAINT "assessment_schemes_hours" CHECK ("assessment_schemes"."minimum_hours" >= 0)
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_id" uuid,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_links" (
	"position" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	CONSTRAINT "audit_links_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "audit_links_position" CHECK ("audit_links"."position" > 0)
);
--> statement-breakpoint
CREATE TABLE "completion_dirty" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "completion_dirty_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "completion_rollups" (
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"course_id" uuid,
	"open_due_on" date,
	"people" integer NOT NULL,
	"started" integer NOT NULL,
	CONSTRAINT "completion_rollups_key" UNIQUE NULLS NOT DISTINCT("unit_id","year","course_id","open_due_on")
);
--> statement-breakpoint
CREATE TABLE "course_completions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"course_version_id" uuid NOT NULL,
	"unit_id" uuid,
	"completed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "course_files" (
	"course_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "course_files_course_id_name_pk" PRIMARY KEY("course_id","name")
);
--> statement-breakpoint
CREATE TABLE "course_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"audience" jsonb NOT NULL,
	"statute" text NOT NULL,
	"kind" "course_kind" NOT NULL,
	"hours" numeric(5, 1) NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "course_versions_hours" CHECK ("course_versions"."hours" > 0)
);
--> statement-breakpoint
CREATE TABLE "courses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"current_version_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "courses_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "lesson_articles" (
	"version_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "lesson_articles_version_id_article_id_pk" PRIMARY KEY("version_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "lesson_completions" (
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"lesson_version_id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"unit_id" uuid,
	"completed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_completions_person_id_lesson_id_pk" PRIMARY KEY("person_id","lesson_id"),
	CONSTRAINT "lesson_completions_check_id_unique" UNIQUE("check_id")
);
--> statement-breakpoint
CREATE TABLE "lesson_notes" (
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"body" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_notes_person_id_lesson_id_pk" PRIMARY KEY("person_id","lesson_id"),
	CONSTRAINT "lesson_notes_length" CHECK (length("lesson_notes"."body") <= 20000)
);
--> statement-breakpoint
CREATE TABLE "lesson_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lesson_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"html" text NOT NULL,
	"headings" jsonb NOT NULL,
	"plain" text NOT NULL,
	"length" integer NOT NULL,
	"draw" smallint NOT NULL,
	"pass" smallint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_versions_pass" CHECK ("lesson_versions"."pass" between 1 and "lesson_versions"."draw")
);
--> statement-breakpoint
CREATE TABLE "lessons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"position" integer NOT NULL,
	"current_version_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "library_syncs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mastery_check_questions" (
	"check_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"question_id" uuid NOT NULL,
	"question_version_id" uuid NOT NULL,
	"case_version_id" uuid,
	"kind" "question_kind" NOT NULL,
	"size" smallint NOT NULL,
	"parameters" jsonb,
	"option_order" text[],
	"response" jsonb,
	"answered_at" timestamp with time zone,
	"correct" boolean,
	CONSTRAINT "mastery_check_questions_check_id_position_pk" PRIMARY KEY("check_id","position"),
	CONSTRAINT "mastery_check_questions_small" CHECK ("mastery_check_questions"."kind" <> 'case'),
	CONSTRAINT "mastery_check_questions_answered" CHECK (("mastery_check_questions"."response" is null) = ("mastery_check_questions"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "mastery_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"lesson_version_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"status" "check_status" DEFAULT 'open' NOT NULL,
	"pass" smallint NOT NULL,
	"correct" smallint,
	"opened_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	CONSTRAINT "mastery_checks_submitted" CHECK (("mastery_checks"."status" = 'open') = ("mastery_checks"."submitted_at" is null)),
	CONSTRAINT "mastery_checks_marked" CHECK (("mastery_checks"."status" = 'open') = ("mastery_checks"."correct" is null)),
	CONSTRAINT "mastery_checks_result" CHECK ("mastery_checks"."status" <> 'passed' or "mastery_checks"."correct" >= "mastery_checks"."pass")
);
--> statement-breakpoint
CREATE TABLE "reading_positions" (
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"heading" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "reading_positions_person_id_lesson_id_pk" PRIMARY KEY("person_id","lesson_id")
);
--> statement-breakpoint
CREATE TABLE "hour_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid,
	"year" smallint NOT NULL,
	"category" "hour_category" NOT NULL,
	"hours" numeric(6, 1) NOT NULL,
	"source" text NOT NULL,
	"source_id" uuid NOT NULL,
	"reverses" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "hour_entries_sign" CHECK (("hour_entries"."reverses" is null) = ("hour_entries"."hours" > 0))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occasion" text NOT NULL,
	"href" text NOT NULL,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_number" "citext" NOT NULL,
	"name" text NOT NULL,
	"pinyin" text NOT NULL,
	"initials" text NOT NULL,
	"words" text GENERATED ALWAYS AS (lower(regexp_replace(translate(name, '·• ', ''), '(.)', ' \1', 'g') || ' ' || pinyin || ' ' || initials || ' ' || staff_number::text || ' ')) STORED,
	"email" "citext",
	"status" "person_status" DEFAULT 'active' NOT NULL,
	"joined_on" date,
	"left_on" date,
	"unit_id" uuid,
	"title" text DEFAULT '' NOT NULL,
	"leadership_level" "leadership_level",
	"rank" "rank",
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_staff_number_unique" UNIQUE("staff_number"),
	CONSTRAINT "people_name_filled" CHECK (btrim("people"."name") <> ''),
	CONSTRAINT "people_left_has_date" CHECK (("people"."status" = 'active') = ("people"."left_on" is null))
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"leadership_level" "leadership_level",
	"rank" "rank",
	"kind" "post_kind" NOT NULL,
	"primary" boolean DEFAULT true NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"document" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "posts_forward" CHECK ("posts"."ends_on" is null or "posts"."ends_on" > "posts"."starts_on"),
	CONSTRAINT "posts_concurrent_not_primary" CHECK (not ("posts"."primary" and "posts"."kind" in ('concurrent', 'acting', 'secondment')))
);
--> statement-breakpoint
CREATE TABLE "roster_import_rows" (
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"verdict" text NOT NULL,
	"values" jsonb NOT NULL,
	"changes" jsonb,
	"problems" jsonb,
	"person_id" uuid,
	"selected" boolean DEFAULT true NOT NULL,
	CONSTRAINT "roster_import_rows_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "roster_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"unit_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file" "bytea",
	"status" "roster_import_status" DEFAULT 'reading' NOT NULL,
	"columns" jsonb,
	"headers" jsonb,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_total" integer,
	"failure" jsonb,
	"committed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "assignment_targets" (
	"assignment_id" uuid NOT NULL,
	"position" text NOT NULL,
	"person_id" uuid,
	"unit_id" uuid,
	"subtree" boolean DEFAULT false NOT NULL,
	CONSTRAINT "assignment_targets_assignment_id_position_pk" PRIMARY KEY("assignment_id","position"),
	CONSTRAINT "assignment_targets_one" CHECK (("assignment_targets"."person_id" is null) <> ("assignment_targets"."unit_id" is null))
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"due_on" date NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_because" text
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"unit_id" uuid,
	"assignment_id" uuid,
	"promotion_id" uuid,
	"due_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"completion_id" uuid,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_because" text,
	CONSTRAINT "obligations_one_reason" CHECK (("obligations"."assignment_id" is null) <> ("obligations"."promotion_id" is null)),
	CONSTRAINT "obligations_evidence" CHECK (("obligations"."completed_at" is null) = ("obligations"."completion_id" is null)),
	CONSTRAINT "obligations_one_end" CHECK ("obligations"."completed_at" is null or "obligations"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE TABLE "promotion_courses" (
	"course_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "promotion_requirements" (
	"promotion_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	CONSTRAINT "promotion_requirements_promotion_id_course_id_pk" PRIMARY KEY("promotion_id","course_id")
);
--> statement-breakpoint
CREATE TABLE "promotion_rules" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"months" smallint DEFAULT 12 NOT NULL,
	CONSTRAINT "promotion_rules_one" CHECK ("promotion_rules"."id"),
	CONSTRAINT "promotion_rules_months" CHECK ("promotion_rules"."months" between 1 and 36)
);
--> statement-breakpoint
CREATE TABLE "promotions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"from_level" "leadership_level",
	"to_level" "leadership_level" NOT NULL,
	"starts_on" date NOT NULL,
	"due_on" date NOT NULL,
	"document" text,
	"created_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"cancelled_because" text,
	CONSTRAINT "promotions_post_id_unique" UNIQUE("post_id"),
	CONSTRAINT "promotions_due_after_start" CHECK ("promotions"."due_on" >= "promotions"."starts_on"),
	CONSTRAINT "promotions_cancelled_because" CHECK (("promotions"."cancelled_at" is null) = ("promotions"."cancelled_because" is null)),
	CONSTRAINT "promotions_one_end" CHECK ("promotions"."completed_at" is null or "promotions"."cancelled_at" is null)
);
--> statement-breakpoint
CREATE TABLE "question_articles" (
	"version_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "question_articles_version_id_article_id_pk" PRIMARY KEY("version_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "question_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"question_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"difficulty" smallint NOT NULL,
	"content" jsonb NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "question_versions_difficulty" CHECK ("question_versions"."difficulty" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" "question_kind" NOT NULL,
	"case_id" uuid,
	"course_id" uuid,
	"lesson_id" uuid,
	"position" integer DEFAULT 0 NOT NULL,
	"current_version_id" uuid,
	"usable_from" date,
	"usable_until" date,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "questions_code_unique" UNIQUE("code"),
	CONSTRAINT "questions_case_not_nested" CHECK ("questions"."kind" <> 'case' or "questions"."case_id" is null)
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"username" "citext",
	"password_hash" text,
	"password_changed_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_username_unique" UNIQUE("username"),
	CONSTRAINT "accounts_hash_has_date" CHECK (("accounts"."password_hash" is null) = ("accounts"."password_changed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "password_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"person_id" uuid NOT NULL,
	"medium" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"replaced_at" timestamp with time zone,
	CONSTRAINT "password_links_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"remembered" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_failed_at" timestamp with time zone NOT NULL,
	"wait_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_places" (
	"person_id" uuid NOT NULL,
	"place" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sign_in_places_person_id_place_pk" PRIMARY KEY("person_id","place")
);
--> statement-breakpoint
CREATE TABLE "article_versions" (
	"article_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"digest" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "article_versions_article_id_number_pk" PRIMARY KEY("article_id","number")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"statute" text NOT NULL,
	"number" text NOT NULL,
	"ordinal" integer NOT NULL,
	"chapter" smallint,
	"digest" text NOT NULL,
	"keywords" text[] DEFAULT '{}'::text[] NOT NULL,
	"see" text[] DEFAULT '{}'::text[] NOT NULL,
	"hash" text NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "articles_digest_filled" CHECK (btrim("articles"."digest") <> '')
);
--> statement-breakpoint
CREATE TABLE "statute_versions" (
	"statute" text NOT NULL,
	"version" text NOT NULL,
	"adopted_on" date NOT NULL,
	"session" text NOT NULL,
	"effective_on" date NOT NULL,
	"changed" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "statute_versions_statute_version_pk" PRIMARY KEY("statute","version")
);
--> statement-breakpoint
CREATE TABLE "statutes" (
	"slug" text PRIMARY KEY NOT NULL,
	"title" jsonb NOT NULL,
	"short" jsonb NOT NULL,
	"level" text NOT NULL,
	"issuer" text NOT NULL,
	"adopted_on" date NOT NULL,
	"effective_on" date NOT NULL,
	"last_article" integer NOT NULL,
	"chapters" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"hash" text NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"role" "role" NOT NULL,
	"unit_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"granted_by" uuid,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	CONSTRAINT "grants_forward" CHECK ("grants"."ends_on" is null or "grants"."ends_on" > "grants"."starts_on"),
	CONSTRAINT "grants_not_to_oneself" CHECK ("grants"."granted_by" is null or "grants"."granted_by" <> "grants"."person_id")
);
--> statement-breakpoint
CREATE TABLE "unit_periods" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"closing" text,
	"merged_into_id" uuid,
	CONSTRAINT "unit_periods_forward" CHECK ("unit_periods"."ends_on" is null or "unit_periods"."ends_on" > "unit_periods"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" uuid PRIMARY KEY NOT NULL,
	"path" "ltree" NOT NULL,
	"parent_id" uuid,
	"kind" "unit_kind" NOT NULL,
	"name" text NOT NULL,
	"code" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"merged_into_id" uuid,
	CONSTRAINT "units_path_unique" UNIQUE("path"),
	CONSTRAINT "units_code_unique" UNIQUE("code"),
	CONSTRAINT "units_name_filled" CHECK (btrim("units"."name") <> ''),
	CONSTRAINT "units_closed_after_opened" CHECK ("units"."closed_on" is null or "units"."closed_on" >= "units"."opened_on"),
	CONSTRAINT "units_merged_is_closed" CHECK ("units"."merged_into_id" is null or "units"."closed_on" is not null)
);
--> statement-breakpoint
ALTER TABLE "assessment_amendments" ADD CONSTRAINT "assessment_amendments_result_id_assessment_results_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."assessment_results"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_amendments" ADD CONSTRAINT "assessment_amendments_amended_by_people_id_fk" FOREIGN KEY ("amended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_confirmed_by_people_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_schemes" ADD CONSTRAINT "assessment_schemes_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_links" ADD CONSTRAINT "audit_links_entry_id_audit_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_dirty" ADD CONSTRAINT "completion_dirty_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_rollups" ADD CONSTRAINT "completion_rollups_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_rollups" ADD CONSTRAINT "completion_rollups_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_completions" ADD CONSTRAINT "course_completions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_completions" ADD CONSTRAINT "course_completions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_completions" ADD CONSTRAINT "course_completions_course_version_id_course_versions_id_fk" FOREIGN KEY ("course_version_id") REFERENCES "public"."course_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_completions" ADD CONSTRAINT "course_completions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_files" ADD CONSTRAINT "course_files_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_versions" ADD CONSTRAINT "course_versions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_versions" ADD CONSTRAINT "course_versions_statute_statutes_slug_fk" FOREIGN KEY ("statute") REFERENCES "public"."statutes"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courses" ADD CONSTRAINT "courses_current_version_id_course_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."course_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_articles" ADD CONSTRAINT "lesson_articles_version_id_lesson_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."lesson_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_articles" ADD CONSTRAINT "lesson_articles_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD CONSTRAINT "lesson_completions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD CONSTRAINT "lesson_completions_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD CONSTRAINT "lesson_completions_lesson_version_id_lesson_versions_id_fk" FOREIGN KEY ("lesson_version_id") REFERENCES "public"."lesson_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD CONSTRAINT "lesson_completions_check_id_mastery_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."mastery_checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_completions" ADD CONSTRAINT "lesson_completions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_notes" ADD CONSTRAINT "lesson_notes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_notes" ADD CONSTRAINT "lesson_notes_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_versions" ADD CONSTRAINT "lesson_versions_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_current_version_id_lesson_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."lesson_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_check_questions" ADD CONSTRAINT "mastery_check_questions_check_id_mastery_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."mastery_checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_check_questions" ADD CONSTRAINT "mastery_check_questions_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_check_questions" ADD CONSTRAINT "mastery_check_questions_question_version_id_question_versions_id_fk" FOREIGN KEY ("question_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_check_questions" ADD CONSTRAINT "mastery_check_questions_case_version_id_question_versions_id_fk" FOREIGN KEY ("case_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_checks" ADD CONSTRAINT "mastery_checks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_checks" ADD CONSTRAINT "mastery_checks_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mastery_checks" ADD CONSTRAINT "mastery_checks_lesson_version_id_lesson_versions_id_fk" FOREIGN KEY ("lesson_version_id") REFERENCES "public"."lesson_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_positions" ADD CONSTRAINT "reading_positions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_positions" ADD CONSTRAINT "reading_positions_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD CONSTRAINT "hour_entries_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD CONSTRAINT "hour_entries_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD CONSTRAINT "hour_entries_reverses_hour_entries_id_fk" FOREIGN KEY ("reverses") REFERENCES "public"."hour_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_import_rows" ADD CONSTRAINT "roster_import_rows_import_id_roster_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."roster_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_import_rows" ADD CONSTRAINT "roster_import_rows_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_imports" ADD CONSTRAINT "roster_imports_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_imports" ADD CONSTRAINT "roster_imports_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_targets" ADD CONSTRAINT "assignment_targets_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_targets" ADD CONSTRAINT "assignment_targets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_targets" ADD CONSTRAINT "assignment_targets_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_withdrawn_by_people_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_promotion_id_promotions_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_completion_id_course_completions_id_fk" FOREIGN KEY ("completion_id") REFERENCES "public"."course_completions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_courses" ADD CONSTRAINT "promotion_courses_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_promotion_id_promotions_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_articles" ADD CONSTRAINT "question_articles_version_id_question_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_articles" ADD CONSTRAINT "question_articles_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_case_id_questions_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_current_version_id_question_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_person_id_accounts_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."accounts"("person_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_accounts_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."accounts"("person_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_places" ADD CONSTRAINT "sign_in_places_person_id_accounts_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."accounts"("person_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_versions" ADD CONSTRAINT "article_versions_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_statute_statutes_slug_fk" FOREIGN KEY ("statute") REFERENCES "public"."statutes"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statute_versions" ADD CONSTRAINT "statute_versions_statute_statutes_slug_fk" FOREIGN KEY ("statute") REFERENCES "public"."statutes"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_granted_by_people_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_periods" ADD CONSTRAINT "unit_periods_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_periods" ADD CONSTRAINT "unit_periods_parent_id_units_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_periods" ADD CONSTRAINT "unit_periods_merged_into_id_units_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_parent_id_units_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_merged_into_id_units_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_amendments_result" ON "assessment_amendments" USING btree ("result_id","amended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_results_once" ON "assessment_results" USING btree ("person_id","year");--> statement-breakpoint
CREATE INDEX "assessment_results_unit" ON "assessment_results" USING btree ("year","unit_id");--> statement-breakpoint
CREATE INDEX "audit_entries_sequence" ON "audit_entries" USING btree ("sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor_id","sequence");--> statement-breakpoint
CREATE INDEX "completion_dirty_unit" ON "completion_dirty" USING btree ("unit_id","year");--> statement-breakpoint
CREATE INDEX "completion_rollups_year" ON "completion_rollups" USING btree ("year","course_id");--> statement-breakpoint
CREATE UNIQUE INDEX "course_completions_once" ON "course_completions" USING btree ("person_id","course_id");--> statement-breakpoint
CREATE INDEX "course_completions_course" ON "course_completions" USING btree ("course_id","completed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "course_versions_number" ON "course_versions" USING btree ("course_id","number");--> statement-breakpoint
CREATE INDEX "lesson_articles_article" ON "lesson_articles" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "lesson_completions_lesson" ON "lesson_completions" USING btree ("lesson_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_versions_number" ON "lesson_versions" USING btree ("lesson_id","number");--> statement-breakpoint
CREATE INDEX "lesson_versions_search" ON "lesson_versions" USING gin (("plain") gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "lessons_slug" ON "lessons" USING btree ("course_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "mastery_check_questions_once" ON "mastery_check_questions" USING btree ("check_id","question_id");--> statement-breakpoint
CREATE INDEX "mastery_check_questions_question" ON "mastery_check_questions" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mastery_checks_one_open" ON "mastery_checks" USING btree ("person_id","lesson_id") WHERE "mastery_checks"."status" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "mastery_checks_number" ON "mastery_checks" USING btree ("person_id","lesson_id","number");--> statement-breakpoint
CREATE INDEX "reading_positions_latest" ON "reading_positions" USING btree ("person_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "hour_entries_once" ON "hour_entries" USING btree ("person_id","source","source_id") WHERE "hour_entries"."reverses" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "hour_entries_reversed_once" ON "hour_entries" USING btree ("reverses");--> statement-breakpoint
CREATE INDEX "hour_entries_year" ON "hour_entries" USING btree ("person_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("person_id","kind","occasion");--> statement-breakpoint
CREATE INDEX "notifications_newest" ON "notifications" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "people_unit" ON "people" USING btree ("unit_id","status");--> statement-breakpoint
CREATE INDEX "people_level" ON "people" USING btree ("leadership_level") WHERE "people"."leadership_level" is not null;--> statement-breakpoint
CREATE INDEX "people_rank" ON "people" USING btree ("rank");--> statement-breakpoint
CREATE INDEX "people_gone" ON "people" USING btree ("status") WHERE "people"."status" <> 'active';--> statement-breakpoint
CREATE INDEX "people_words" ON "people" USING gin ("words" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "posts_person" ON "posts" USING btree ("person_id","starts_on");--> statement-breakpoint
CREATE INDEX "posts_unit" ON "posts" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "roster_imports_creator" ON "roster_imports" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_one_live" ON "obligations" USING btree ("person_id","course_id") WHERE "obligations"."completed_at" is null and "obligations"."withdrawn_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_assignment" ON "obligations" USING btree ("assignment_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_promotion" ON "obligations" USING btree ("promotion_id","course_id");--> statement-breakpoint
CREATE INDEX "obligations_person" ON "obligations" USING btree ("person_id","due_on");--> statement-breakpoint
CREATE INDEX "obligations_unit" ON "obligations" USING btree ("unit_id","due_on");--> statement-breakpoint
CREATE INDEX "obligations_open_due" ON "obligations" USING btree ("due_on") WHERE "obligations"."completed_at" is null and "obligations"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "promotions_start" ON "promotions" USING btree ("starts_on");--> statement-breakpoint
CREATE INDEX "promotions_open_due" ON "promotions" USING btree ("due_on","id") WHERE "promotions"."completed_at" is null and "promotions"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "promotions_person" ON "promotions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "question_articles_article" ON "question_articles" USING btree ("article_id");--> statement-breakpoint
CREATE UNIQUE INDEX "question_versions_number" ON "question_versions" USING btree ("question_id","number");--> statement-breakpoint
CREATE INDEX "questions_lesson" ON "questions" USING btree ("lesson_id") WHERE "questions"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "questions_case" ON "questions" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "password_links_one_live" ON "password_links" USING btree ("person_id") WHERE "password_links"."used_at" is null and "password_links"."replaced_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_age" ON "sign_in_failures" USING btree ("last_failed_at");--> statement-breakpoint
CREATE INDEX "sign_in_places_age" ON "sign_in_places" USING btree ("last_at");--> statement-breakpoint
CREATE UNIQUE INDEX "articles_address" ON "articles" USING btree ("statute","number");--> statement-breakpoint
CREATE INDEX "articles_search" ON "articles" USING gin (("digest") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "grants_person" ON "grants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "grants_unit" ON "grants" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "unit_periods_unit" ON "unit_periods" USING btree ("unit_id","starts_on");--> statement-breakpoint
CREATE INDEX "units_path_gist" ON "units" USING gist ("path");--> statement-breakpoint
CREATE INDEX "units_parent" ON "units" USING btree ("parent_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "units_one_root" ON "units" USING btree ((true)) WHERE "units"."parent_id" is null;