CREATE TYPE "public"."attempt_state" AS ENUM('prepared', 'open', 'submitted', 'marked', 'released', 'voided');--> statement-breakpoint
CREATE TYPE "public"."candidate_status" AS ENUM('due', 'exempt');--> statement-breakpoint
CREATE TYPE "public"."counting_attempt" AS ENUM('best', 'last', 'first', 'average');--> statement-breakpoint
CREATE TYPE "public"."exam_kind" AS ENUM('exam', 'make-up', 'mock');--> statement-breakpoint
CREATE TYPE "public"."exam_layout" AS ENUM('one-question', 'one-page');--> statement-breakpoint
CREATE TYPE "public"."exam_outcome" AS ENUM('passed', 'failed', 'absent');--> statement-breakpoint
CREATE TYPE "public"."exam_review" AS ENUM('nothing', 'score', 'answers', 'explanations');--> statement-breakpoint
CREATE TYPE "public"."exam_state" AS ENUM('draft', 'published', 'released', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."key_policy" AS ENUM('full-credit', 'both-keys', 'new-key', 'drop-question');--> statement-breakpoint
CREATE TYPE "public"."multiple_scoring" AS ENUM('all-or-nothing', 'half-if-incomplete', 'per-option');--> statement-breakpoint
CREATE TYPE "public"."attempt_submitted_by" AS ENUM('person', 'deadline', 'examiner');--> statement-breakpoint
CREATE TYPE "public"."question_draft_state" AS ENUM('draft', 'in-review', 'returned');--> statement-breakpoint
CREATE TYPE "public"."question_state" AS ENUM('unpublished', 'published', 'retired');--> statement-breakpoint
CREATE TYPE "public"."question_use" AS ENUM('practice', 'exam', 'both');--> statement-breakpoint
ALTER TYPE "public"."question_kind" ADD VALUE 'matching';--> statement-breakpoint
ALTER TYPE "public"."question_kind" ADD VALUE 'ordering';--> statement-breakpoint
ALTER TYPE "public"."question_kind" ADD VALUE 'short-answer';--> statement-breakpoint
ALTER TYPE "public"."question_kind" ADD VALUE 'essay';--> statement-breakpoint
CREATE TABLE "exam_answers" (
	"attempt_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"section_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"question_version_id" uuid NOT NULL,
	"case_version_id" uuid,
	"kind" "question_kind" NOT NULL,
	"size" smallint NOT NULL,
	"points" numeric(7, 2) NOT NULL,
	"parameters" jsonb,
	"option_order" text[],
	"response" jsonb,
	"revision" integer DEFAULT 0 NOT NULL,
	"flagged" boolean DEFAULT false NOT NULL,
	"saved_at" timestamp with time zone,
	"score" numeric(7, 2),
	CONSTRAINT "exam_answers_attempt_id_slot_pk" PRIMARY KEY("attempt_id","slot"),
	CONSTRAINT "exam_answers_small" CHECK ("exam_answers"."kind" <> 'case'),
	CONSTRAINT "exam_answers_score" CHECK ("exam_answers"."score" is null or (0 <= "exam_answers"."score" and "exam_answers"."score" <= "exam_answers"."points"))
);
--> statement-breakpoint
CREATE TABLE "exam_appeals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"reason" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"upheld" boolean,
	"answer" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	"score_before" numeric(7, 2) NOT NULL,
	"score_after" numeric(7, 2),
	CONSTRAINT "exam_appeals_reason" CHECK (length(btrim("exam_appeals"."reason")) between 1 and 4000),
	CONSTRAINT "exam_appeals_answered" CHECK (("exam_appeals"."answered_at" is null) = ("exam_appeals"."upheld" is null) and ("exam_appeals"."answered_at" is null) = ("exam_appeals"."answered_by" is null) and ("exam_appeals"."answered_at" is null or length(btrim("exam_appeals"."answer")) > 0))
);
--> statement-breakpoint
CREATE TABLE "exam_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"paper_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"unit_id" uuid,
	"state" "attempt_state" DEFAULT 'prepared' NOT NULL,
	"total" numeric(7, 2) NOT NULL,
	"started_at" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"writer" text,
	"paused_at" timestamp with time zone,
	"paused_seconds" integer DEFAULT 0 NOT NULL,
	"submitted_at" timestamp with time zone,
	"submitted_by" "attempt_submitted_by",
	"score" numeric(7, 2),
	"marked_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"voided_because" text,
	CONSTRAINT "exam_attempts_started" CHECK (("exam_attempts"."started_at" is null) = ("exam_attempts"."deadline_at" is null)),
	CONSTRAINT "exam_attempts_open" CHECK ("exam_attempts"."state" in ('prepared', 'voided') or "exam_attempts"."started_at" is not null),
	CONSTRAINT "exam_attempts_submitted_by" CHECK (("exam_attempts"."submitted_at" is null) = ("exam_attempts"."submitted_by" is null)),
	CONSTRAINT "exam_attempts_marked" CHECK ("exam_attempts"."state" not in ('marked', 'released') or ("exam_attempts"."score" is not null and "exam_attempts"."marked_at" is not null)),
	CONSTRAINT "exam_attempts_score" CHECK ("exam_attempts"."score" is null or (0 <= "exam_attempts"."score" and "exam_attempts"."score" <= "exam_attempts"."total")),
	CONSTRAINT "exam_attempts_voided" CHECK (("exam_attempts"."state" = 'voided') = ("exam_attempts"."voided_at" is not null) and ("exam_attempts"."voided_at" is null or length(btrim("exam_attempts"."voided_because")) > 0))
);
--> statement-breakpoint
CREATE TABLE "exam_candidates" (
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid,
	"rank" "rank",
	"leadership_level" "leadership_level",
	"paper_id" uuid NOT NULL,
	"status" "candidate_status" DEFAULT 'due' NOT NULL,
	"exempt_because" text,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"extra_minutes" smallint DEFAULT 0 NOT NULL,
	"pause_minutes" smallint DEFAULT 0 NOT NULL,
	"accommodated_because" text,
	"seat" text,
	"score" numeric(7, 2),
	"outcome" "exam_outcome",
	"excellent" boolean DEFAULT false NOT NULL,
	CONSTRAINT "exam_candidates_exam_id_person_id_pk" PRIMARY KEY("exam_id","person_id"),
	CONSTRAINT "exam_candidates_exempt" CHECK (("exam_candidates"."status" = 'exempt') = (length(btrim("exam_candidates"."exempt_because")) > 0)),
	CONSTRAINT "exam_candidates_window" CHECK ("exam_candidates"."opens_at" < "exam_candidates"."closes_at"),
	CONSTRAINT "exam_candidates_accommodated" CHECK ("exam_candidates"."extra_minutes" >= 0 and "exam_candidates"."pause_minutes" >= 0 and (("exam_candidates"."extra_minutes" = 0 and "exam_candidates"."pause_minutes" = 0) or length(btrim("exam_candidates"."accommodated_because")) > 0)),
	CONSTRAINT "exam_candidates_outcome" CHECK ("exam_candidates"."outcome" is null or "exam_candidates"."status" = 'due'),
	CONSTRAINT "exam_candidates_excellent" CHECK (not "exam_candidates"."excellent" or "exam_candidates"."outcome" = 'passed')
);
--> statement-breakpoint
CREATE TABLE "exam_incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_key_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"from_version_id" uuid NOT NULL,
	"to_version_id" uuid NOT NULL,
	"policy" "key_policy" NOT NULL,
	"reason" text NOT NULL,
	"rescored" integer NOT NULL,
	"turned" integer NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exam_key_changes_reason" CHECK (length(btrim("exam_key_changes"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "exam_late_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"response" jsonb,
	"revision" integer NOT NULL,
	"writer" text NOT NULL,
	"reason" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"admitted" boolean,
	CONSTRAINT "exam_late_answers_decided" CHECK (("exam_late_answers"."decided_at" is null) = ("exam_late_answers"."admitted" is null) and ("exam_late_answers"."decided_at" is null) = ("exam_late_answers"."decided_by" is null))
);
--> statement-breakpoint
CREATE TABLE "exam_markers" (
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "exam_markers_exam_id_person_id_pk" PRIMARY KEY("exam_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "exam_marks" (
	"attempt_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"round" smallint NOT NULL,
	"marker_id" uuid NOT NULL,
	"criteria" numeric(7, 2)[] NOT NULL,
	"score" numeric(7, 2) NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"final" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exam_marks_attempt_id_slot_round_pk" PRIMARY KEY("attempt_id","slot","round"),
	CONSTRAINT "exam_marks_round" CHECK ("exam_marks"."round" between 1 and 3),
	CONSTRAINT "exam_marks_score" CHECK ("exam_marks"."score" >= 0)
);
--> statement-breakpoint
CREATE TABLE "exam_papers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"name" text NOT NULL,
	"ranks" "rank"[] DEFAULT '{}' NOT NULL,
	"levels" "leadership_level"[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_question_figures" (
	"exam_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answered" integer NOT NULL,
	"facility" numeric(6, 4),
	"discrimination" numeric(6, 4),
	"figures" jsonb NOT NULL,
	CONSTRAINT "exam_question_figures_exam_id_question_id_pk" PRIMARY KEY("exam_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "exam_section_questions" (
	"section_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"question_id" uuid NOT NULL,
	CONSTRAINT "exam_section_questions_section_id_position_pk" PRIMARY KEY("section_id","position")
);
--> statement-breakpoint
CREATE TABLE "exam_sections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"paper_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"title" text NOT NULL,
	"kind" "question_kind" NOT NULL,
	"count" smallint NOT NULL,
	"points" numeric(7, 2) NOT NULL,
	"fixed" boolean DEFAULT false NOT NULL,
	"unseen_first" boolean DEFAULT true NOT NULL,
	"filter" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "exam_sections_count" CHECK ("exam_sections"."count" between 1 and 200),
	CONSTRAINT "exam_sections_points" CHECK ("exam_sections"."points" > 0 and "exam_sections"."points" <= 100)
);
--> statement-breakpoint
CREATE TABLE "exam_statistics" (
	"exam_id" uuid PRIMARY KEY NOT NULL,
	"figures" jsonb NOT NULL,
	"worked_out_at" timestamp with time zone NOT NULL,
	"stale" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_targets" (
	"exam_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"person_id" uuid,
	"unit_id" uuid,
	"subtree" boolean DEFAULT true NOT NULL,
	"ranks" "rank"[] DEFAULT '{}' NOT NULL,
	"levels" "leadership_level"[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "exam_targets_exam_id_position_pk" PRIMARY KEY("exam_id","position"),
	CONSTRAINT "exam_targets_one" CHECK (("exam_targets"."person_id" is null) <> ("exam_targets"."unit_id" is null))
);
--> statement-breakpoint
CREATE TABLE "exam_windows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"exam_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exam_windows_forward" CHECK ("exam_windows"."opens_at" < "exam_windows"."closes_at")
);
--> statement-breakpoint
CREATE TABLE "exams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" "exam_kind" DEFAULT 'exam' NOT NULL,
	"make_up_of_id" uuid,
	"title" text NOT NULL,
	"instructions" text DEFAULT '' NOT NULL,
	"state" "exam_state" DEFAULT 'draft' NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"minutes" smallint NOT NULL,
	"entry_minutes" smallint,
	"attempts" smallint DEFAULT 1 NOT NULL,
	"counting" "counting_attempt" DEFAULT 'best' NOT NULL,
	"wait_minutes" smallint DEFAULT 0 NOT NULL,
	"pass_mark" numeric(5, 2) DEFAULT 60 NOT NULL,
	"excellent_mark" numeric(5, 2) DEFAULT 90 NOT NULL,
	"closed_book" boolean DEFAULT true NOT NULL,
	"shuffle_questions" boolean DEFAULT true NOT NULL,
	"shuffle_options" boolean DEFAULT true NOT NULL,
	"layout" "exam_layout" DEFAULT 'one-page' NOT NULL,
	"multiple_scoring" "multiple_scoring" DEFAULT 'all-or-nothing' NOT NULL,
	"review_after_attempt" "exam_review" DEFAULT 'nothing' NOT NULL,
	"review_after_close" "exam_review" DEFAULT 'score' NOT NULL,
	"access_code" text,
	"address_ranges" text[] DEFAULT '{}' NOT NULL,
	"one_device" boolean DEFAULT true NOT NULL,
	"on_site" boolean DEFAULT false NOT NULL,
	"second_marker_share" smallint DEFAULT 0 NOT NULL,
	"marker_difference" numeric(7, 2) DEFAULT 3 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"cancelled_because" text,
	CONSTRAINT "exams_title" CHECK (btrim("exams"."title") <> ''),
	CONSTRAINT "exams_window" CHECK ("exams"."opens_at" < "exams"."closes_at"),
	CONSTRAINT "exams_minutes" CHECK ("exams"."minutes" between 1 and 600),
	CONSTRAINT "exams_entry" CHECK ("exams"."entry_minutes" is null or "exams"."entry_minutes" > 0),
	CONSTRAINT "exams_attempts" CHECK ("exams"."attempts" between 1 and 20 and "exams"."wait_minutes" >= 0),
	CONSTRAINT "exams_marks" CHECK (0 < "exams"."pass_mark" and "exams"."pass_mark" <= "exams"."excellent_mark" and "exams"."excellent_mark" <= 100),
	CONSTRAINT "exams_make_up" CHECK (("exams"."kind" = 'make-up') = ("exams"."make_up_of_id" is not null)),
	CONSTRAINT "exams_markers" CHECK ("exams"."second_marker_share" between 0 and 100 and "exams"."marker_difference" >= 0),
	CONSTRAINT "exams_published" CHECK ("exams"."state" in ('draft', 'cancelled') or "exams"."published_at" is not null),
	CONSTRAINT "exams_released" CHECK (("exams"."state" = 'released') = ("exams"."released_at" is not null)),
	CONSTRAINT "exams_cancelled" CHECK (("exams"."state" = 'cancelled') = ("exams"."cancelled_at" is not null) and ("exams"."cancelled_at" is null or length(btrim("exams"."cancelled_because")) > 0))
);
--> statement-breakpoint
CREATE TABLE "practice_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"question_version_id" uuid NOT NULL,
	"source" text NOT NULL,
	"parameters" jsonb,
	"response" jsonb,
	"correct" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practice_cards" (
	"person_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"stability" double precision NOT NULL,
	"difficulty" double precision NOT NULL,
	"elapsed_days" integer NOT NULL,
	"scheduled_days" integer NOT NULL,
	"learning_steps" smallint NOT NULL,
	"repetitions" integer NOT NULL,
	"lapses" integer NOT NULL,
	"state" smallint NOT NULL,
	"last_review_at" timestamp with time zone,
	"dismissed_at" timestamp with time zone,
	CONSTRAINT "practice_cards_person_id_question_id_pk" PRIMARY KEY("person_id","question_id"),
	CONSTRAINT "practice_cards_state" CHECK ("practice_cards"."state" between 0 and 3)
);
--> statement-breakpoint
CREATE TABLE "question_drafts" (
	"question_id" uuid PRIMARY KEY NOT NULL,
	"state" "question_draft_state" DEFAULT 'draft' NOT NULL,
	"difficulty" smallint NOT NULL,
	"content" jsonb NOT NULL,
	"article_ids" uuid[] DEFAULT '{}' NOT NULL,
	"author_id" uuid NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	"returned_because" text,
	"returned_by" uuid,
	CONSTRAINT "question_drafts_difficulty" CHECK ("question_drafts"."difficulty" between 1 and 5),
	CONSTRAINT "question_drafts_submitted" CHECK ("question_drafts"."state" <> 'in-review' or "question_drafts"."submitted_at" is not null),
	CONSTRAINT "question_drafts_returned" CHECK (("question_drafts"."state" = 'returned') = ("question_drafts"."returned_by" is not null) and ("question_drafts"."state" <> 'returned' or length(btrim("question_drafts"."returned_because")) > 0))
);
--> statement-breakpoint
CREATE TABLE "question_images" (
	"id" uuid PRIMARY KEY NOT NULL,
	"question_id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"added_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "question_images_size" CHECK (octet_length("question_images"."bytes") between 1 and 1048576)
);
--> statement-breakpoint
ALTER TABLE "question_versions" ADD COLUMN "author_id" uuid;--> statement-breakpoint
ALTER TABLE "question_versions" ADD COLUMN "reviewed_by" uuid;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "unit_id" uuid;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "use" "question_use" DEFAULT 'practice' NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "state" "question_state" DEFAULT 'published' NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "topic" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "disclosed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exam_answers" ADD CONSTRAINT "exam_answers_attempt_id_exam_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."exam_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_answers" ADD CONSTRAINT "exam_answers_section_id_exam_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."exam_sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_answers" ADD CONSTRAINT "exam_answers_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_answers" ADD CONSTRAINT "exam_answers_question_version_id_question_versions_id_fk" FOREIGN KEY ("question_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_answers" ADD CONSTRAINT "exam_answers_case_version_id_question_versions_id_fk" FOREIGN KEY ("case_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_appeals" ADD CONSTRAINT "exam_appeals_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_attempts" ADD CONSTRAINT "exam_attempts_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_attempts" ADD CONSTRAINT "exam_attempts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_attempts" ADD CONSTRAINT "exam_attempts_paper_id_exam_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."exam_papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_attempts" ADD CONSTRAINT "exam_attempts_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_attempts" ADD CONSTRAINT "exam_attempts_voided_by_people_id_fk" FOREIGN KEY ("voided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_candidates" ADD CONSTRAINT "exam_candidates_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_candidates" ADD CONSTRAINT "exam_candidates_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_candidates" ADD CONSTRAINT "exam_candidates_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_candidates" ADD CONSTRAINT "exam_candidates_paper_id_exam_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."exam_papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_incidents" ADD CONSTRAINT "exam_incidents_attempt_id_exam_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."exam_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_key_changes" ADD CONSTRAINT "exam_key_changes_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_key_changes" ADD CONSTRAINT "exam_key_changes_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_key_changes" ADD CONSTRAINT "exam_key_changes_from_version_id_question_versions_id_fk" FOREIGN KEY ("from_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_key_changes" ADD CONSTRAINT "exam_key_changes_to_version_id_question_versions_id_fk" FOREIGN KEY ("to_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_key_changes" ADD CONSTRAINT "exam_key_changes_changed_by_people_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_late_answers" ADD CONSTRAINT "exam_late_answers_attempt_id_exam_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."exam_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_late_answers" ADD CONSTRAINT "exam_late_answers_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_markers" ADD CONSTRAINT "exam_markers_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_markers" ADD CONSTRAINT "exam_markers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_marks" ADD CONSTRAINT "exam_marks_marker_id_people_id_fk" FOREIGN KEY ("marker_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_papers" ADD CONSTRAINT "exam_papers_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_question_figures" ADD CONSTRAINT "exam_question_figures_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_question_figures" ADD CONSTRAINT "exam_question_figures_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_section_questions" ADD CONSTRAINT "exam_section_questions_section_id_exam_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."exam_sections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_section_questions" ADD CONSTRAINT "exam_section_questions_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_sections" ADD CONSTRAINT "exam_sections_paper_id_exam_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."exam_papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_statistics" ADD CONSTRAINT "exam_statistics_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_targets" ADD CONSTRAINT "exam_targets_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_targets" ADD CONSTRAINT "exam_targets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_targets" ADD CONSTRAINT "exam_targets_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_windows" ADD CONSTRAINT "exam_windows_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_windows" ADD CONSTRAINT "exam_windows_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exams" ADD CONSTRAINT "exams_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exams" ADD CONSTRAINT "exams_make_up_of_id_exams_id_fk" FOREIGN KEY ("make_up_of_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exams" ADD CONSTRAINT "exams_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_question_version_id_question_versions_id_fk" FOREIGN KEY ("question_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_cards" ADD CONSTRAINT "practice_cards_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_cards" ADD CONSTRAINT "practice_cards_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_drafts" ADD CONSTRAINT "question_drafts_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_drafts" ADD CONSTRAINT "question_drafts_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_drafts" ADD CONSTRAINT "question_drafts_returned_by_people_id_fk" FOREIGN KEY ("returned_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_images" ADD CONSTRAINT "question_images_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_images" ADD CONSTRAINT "question_images_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exam_answers_once" ON "exam_answers" USING btree ("attempt_id","question_id");--> statement-breakpoint
CREATE INDEX "exam_answers_question" ON "exam_answers" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_appeals_one_open" ON "exam_appeals" USING btree ("attempt_id","slot") WHERE "exam_appeals"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "exam_appeals_attempt" ON "exam_appeals" USING btree ("attempt_id","slot");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_attempts_number" ON "exam_attempts" USING btree ("exam_id","person_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_attempts_one_live" ON "exam_attempts" USING btree ("exam_id","person_id") WHERE "exam_attempts"."state" in ('prepared', 'open');--> statement-breakpoint
CREATE INDEX "exam_attempts_due" ON "exam_attempts" USING btree ("deadline_at") WHERE "exam_attempts"."state" = 'open';--> statement-breakpoint
CREATE INDEX "exam_attempts_submitted" ON "exam_attempts" USING btree ("submitted_at") WHERE "exam_attempts"."state" = 'submitted';--> statement-breakpoint
CREATE INDEX "exam_attempts_person" ON "exam_attempts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "exam_candidates_person" ON "exam_candidates" USING btree ("person_id","opens_at");--> statement-breakpoint
CREATE INDEX "exam_candidates_unit" ON "exam_candidates" USING btree ("exam_id","unit_id");--> statement-breakpoint
CREATE INDEX "exam_incidents_attempt" ON "exam_incidents" USING btree ("attempt_id","at");--> statement-breakpoint
CREATE INDEX "exam_key_changes_question" ON "exam_key_changes" USING btree ("exam_id","question_id","changed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_late_answers_once" ON "exam_late_answers" USING btree ("attempt_id","slot","writer","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_marks_one_each" ON "exam_marks" USING btree ("attempt_id","slot","marker_id");--> statement-breakpoint
CREATE INDEX "exam_marks_marker" ON "exam_marks" USING btree ("marker_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_papers_position" ON "exam_papers" USING btree ("exam_id","position");--> statement-breakpoint
CREATE INDEX "exam_question_figures_question" ON "exam_question_figures" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_section_questions_once" ON "exam_section_questions" USING btree ("section_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_sections_position" ON "exam_sections" USING btree ("paper_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_windows_unit" ON "exam_windows" USING btree ("exam_id","unit_id");--> statement-breakpoint
CREATE INDEX "exams_unit" ON "exams" USING btree ("unit_id","opens_at");--> statement-breakpoint
CREATE INDEX "exams_closing" ON "exams" USING btree ("closes_at") WHERE "exams"."state" = 'published';--> statement-breakpoint
CREATE INDEX "practice_answers_person" ON "practice_answers" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "practice_answers_question" ON "practice_answers" USING btree ("person_id","question_id","at");--> statement-breakpoint
CREATE INDEX "practice_cards_due" ON "practice_cards" USING btree ("person_id","due_at");--> statement-breakpoint
CREATE INDEX "question_drafts_state" ON "question_drafts" USING btree ("state","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "question_images_name" ON "question_images" USING btree ("question_id","name");--> statement-breakpoint
ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_reviewed_by_people_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_versions_hash" ON "question_versions" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "questions_unit" ON "questions" USING btree ("unit_id","state");--> statement-breakpoint
CREATE INDEX "questions_tags" ON "questions" USING gin ("tags");--> statement-breakpoint
ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_second_reader" CHECK ("question_versions"."reviewed_by" is null or "question_versions"."reviewed_by" <> "question_versions"."author_id");--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_owned" CHECK (("questions"."course_id" is null) <> ("questions"."unit_id" is null));--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_published" CHECK ("questions"."unit_id" is null or "questions"."state" = 'unpublished' or "questions"."current_version_id" is not null);--> statement-breakpoint

-- What the table definitions cannot say.

-- Answers are changed in place, many times each: room in the page keeps that cheap.
ALTER TABLE exam_answers SET (fillfactor = 80);--> statement-breakpoint

CREATE SEQUENCE question_codes;--> statement-breakpoint

ALTER TABLE exam_late_answers ADD CONSTRAINT exam_late_answers_slot FOREIGN KEY (attempt_id, slot) REFERENCES exam_answers (attempt_id, slot);--> statement-breakpoint
ALTER TABLE exam_marks ADD CONSTRAINT exam_marks_slot FOREIGN KEY (attempt_id, slot) REFERENCES exam_answers (attempt_id, slot);--> statement-breakpoint
ALTER TABLE exam_appeals ADD CONSTRAINT exam_appeals_slot FOREIGN KEY (attempt_id, slot) REFERENCES exam_answers (attempt_id, slot);--> statement-breakpoint

-- The state machine of src/lib/server/exams/attempt-state.ts, once more where nobody gets past it.
CREATE FUNCTION refuse_attempt_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (OLD.state::text || '>' || NEW.state::text) NOT IN (
		'prepared>open', 'open>submitted', 'submitted>marked', 'marked>released',
		'prepared>voided', 'open>voided', 'submitted>voided', 'marked>voided', 'released>voided'
	) THEN
		RAISE EXCEPTION 'an attempt does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER exam_attempts_transition BEFORE UPDATE ON exam_attempts
	FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION refuse_attempt_transition();--> statement-breakpoint
CREATE TRIGGER exam_attempts_kept BEFORE DELETE ON exam_attempts
	FOR EACH ROW WHEN (OLD.state <> 'prepared') EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- What was asked stays as it was asked.
CREATE TRIGGER exam_answers_pinned BEFORE UPDATE ON exam_answers FOR EACH ROW
	WHEN ((OLD.question_version_id, OLD.parameters, OLD.option_order, OLD.points) IS DISTINCT FROM (NEW.question_version_id, NEW.parameters, NEW.option_order, NEW.points))
	EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- An answer changes while its attempt is open; afterwards only to one that came late and was admitted.
CREATE FUNCTION refuse_answer_after_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM exam_attempts WHERE id = NEW.attempt_id AND state = 'open')
		AND NOT EXISTS (
			SELECT 1 FROM exam_late_answers late
			WHERE late.attempt_id = NEW.attempt_id AND late.slot = NEW.slot AND late.admitted AND late.response IS NOT DISTINCT FROM NEW.response
		)
	THEN
		RAISE EXCEPTION 'an answer is not changed after its attempt was submitted' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER exam_answers_closed BEFORE UPDATE ON exam_answers
	FOR EACH ROW WHEN (OLD.response IS DISTINCT FROM NEW.response) EXECUTE FUNCTION refuse_answer_after_submission();--> statement-breakpoint

-- Decisions are appended, never changed.
CREATE TRIGGER exam_key_changes_frozen BEFORE UPDATE OR DELETE ON exam_key_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER exam_appeals_frozen BEFORE UPDATE OR DELETE ON exam_appeals FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER exam_late_answers_frozen BEFORE UPDATE OR DELETE ON exam_late_answers FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER practice_answers_frozen BEFORE UPDATE OR DELETE ON practice_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
