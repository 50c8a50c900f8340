CREATE TYPE "public"."attendance_outcome" AS ENUM('attended', 'partial', 'on-leave', 'absent');--> statement-breakpoint
CREATE TYPE "public"."event_kind" AS ENUM('lecture', 'training-class', 'collective-study', 'pre-meeting-study', 'court-observation', 'seminar');--> statement-breakpoint
CREATE TYPE "public"."event_state" AS ENUM('planned', 'open', 'held', 'closed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."external_training_state" AS ENUM('reported', 'confirmed', 'refused', 'revoked');--> statement-breakpoint
CREATE TYPE "public"."participant_state" AS ENUM('invited', 'coming', 'waiting', 'declined', 'removed');--> statement-breakpoint
CREATE TYPE "public"."presence" AS ENUM('present', 'partial', 'leave', 'absent');--> statement-breakpoint
CREATE TYPE "public"."training_purpose" AS ENUM('general', 'newly-promoted');--> statement-breakpoint
CREATE TYPE "public"."exam_purpose" AS ENUM('general', 'annual', 'pre-appointment', 'post-appointment', 'class-end');--> statement-breakpoint
CREATE TYPE "public"."establishment" AS ENUM('administrative', 'like-administrative', 'institution', 'contract');--> statement-breakpoint
CREATE TYPE "public"."exemption_ground" AS ENUM('retiring', 'maternity', 'illness', 'long-leave', 'legal-qualification', 'same-term', 'other');--> statement-breakpoint
CREATE TYPE "public"."exemption_kind" AS ENUM('exemption', 'deferral');--> statement-breakpoint
CREATE TYPE "public"."exemption_state" AS ENUM('asked', 'approved', 'refused', 'withdrawn', 'ended');--> statement-breakpoint
CREATE TYPE "public"."joining_policy" AS ENUM('same-date', 'more-time', 'next-period');--> statement-breakpoint
CREATE TYPE "public"."recurrence" AS ENUM('once', 'yearly', 'after-completion');--> statement-breakpoint
CREATE TYPE "public"."requirement_kind" AS ENUM('course', 'exam', 'event', 'hours', 'electives');--> statement-breakpoint
CREATE TABLE "audience_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"audience_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"rule" jsonb NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audiences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"current_version_id" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "audiences_name_filled" CHECK (btrim("audiences"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "people_list_members" (
	"list_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "people_list_members_list_id_person_id_pk" PRIMARY KEY("list_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "people_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_lists_name_filled" CHECK (btrim("people_lists"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "event_articles" (
	"event_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "event_articles_event_id_article_id_pk" PRIMARY KEY("event_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "event_files" (
	"event_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"part" text NOT NULL,
	CONSTRAINT "event_files_event_id_file_id_pk" PRIMARY KEY("event_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "event_participants" (
	"event_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid,
	"state" "participant_state" NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"declined_because" text,
	"outcome" "attendance_outcome",
	"hours" numeric(5, 1),
	"completed_at" timestamp with time zone,
	CONSTRAINT "event_participants_event_id_person_id_pk" PRIMARY KEY("event_id","person_id"),
	CONSTRAINT "event_participants_completed" CHECK (("event_participants"."outcome" = 'attended') = ("event_participants"."completed_at" is not null) or "event_participants"."outcome" is null),
	CONSTRAINT "event_participants_hours" CHECK ("event_participants"."hours" is null or "event_participants"."hours" >= 0)
);
--> statement-breakpoint
CREATE TABLE "event_presence_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"before" "presence",
	"after" "presence" NOT NULL,
	"reason" text NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_presence_changes_reason" CHECK (length(btrim("event_presence_changes"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "event_presences" (
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"presence" "presence" NOT NULL,
	"source" text NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_presences_session_id_person_id_pk" PRIMARY KEY("session_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "event_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"lecturer" text DEFAULT '' NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_sessions_forward" CHECK ("event_sessions"."starts_at" < "event_sessions"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" "event_kind" NOT NULL,
	"purpose" "training_purpose" DEFAULT 'general' NOT NULL,
	"title" text NOT NULL,
	"content" text DEFAULT '' NOT NULL,
	"lecturer" text DEFAULT '' NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"hours" numeric(5, 1) NOT NULL,
	"hour_category" "hour_category" DEFAULT 'class' NOT NULL,
	"capacity" smallint,
	"leave_limit" numeric(4, 3) DEFAULT 0.143 NOT NULL,
	"room_code" boolean DEFAULT false NOT NULL,
	"exam_id" uuid,
	"state" "event_state" DEFAULT 'planned' NOT NULL,
	"minutes" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"held_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"cancelled_because" text,
	CONSTRAINT "events_title" CHECK (btrim("events"."title") <> ''),
	CONSTRAINT "events_forward" CHECK ("events"."starts_at" < "events"."ends_at"),
	CONSTRAINT "events_hours" CHECK ("events"."hours" > 0 and "events"."hours" <= 400),
	CONSTRAINT "events_capacity" CHECK ("events"."capacity" is null or "events"."capacity" > 0),
	CONSTRAINT "events_leave" CHECK ("events"."leave_limit" between 0 and 1),
	CONSTRAINT "events_closed" CHECK (("events"."state" = 'closed') = ("events"."closed_at" is not null)),
	CONSTRAINT "events_cancelled" CHECK (("events"."state" = 'cancelled') = ("events"."cancelled_at" is not null) and ("events"."cancelled_at" is null or length(btrim("events"."cancelled_because")) > 0))
);
--> statement-breakpoint
CREATE TABLE "external_trainings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid,
	"kind" "event_kind" NOT NULL,
	"title" text NOT NULL,
	"provider" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"hours" numeric(5, 1) NOT NULL,
	"hour_category" "hour_category" NOT NULL,
	"proof_id" uuid NOT NULL,
	"state" "external_training_state" DEFAULT 'reported' NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decided_because" text,
	CONSTRAINT "external_trainings_hours" CHECK ("external_trainings"."hours" > 0 and "external_trainings"."hours" <= 400),
	CONSTRAINT "external_trainings_forward" CHECK ("external_trainings"."starts_at" <= "external_trainings"."ends_at"),
	CONSTRAINT "external_trainings_decided" CHECK (("external_trainings"."state" = 'reported') = ("external_trainings"."decided_at" is null)),
	CONSTRAINT "external_trainings_not_own" CHECK ("external_trainings"."decided_by" is null or "external_trainings"."decided_by" <> "external_trainings"."person_id")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"hash" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"brought_by" uuid NOT NULL,
	"brought_at" timestamp with time zone NOT NULL,
	CONSTRAINT "files_size" CHECK ("files"."size" between 1 and 20971520 and "files"."size" = octet_length("files"."bytes")),
	CONSTRAINT "files_name" CHECK (btrim("files"."name") <> '' and length("files"."name") <= 200)
);
--> statement-breakpoint
CREATE TABLE "equivalents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"requirement_id" uuid,
	"course_id" uuid,
	"what" text NOT NULL,
	"on" date NOT NULL,
	"proof_id" uuid,
	"granted_by" uuid NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_because" text,
	CONSTRAINT "equivalents_one" CHECK (num_nonnulls("equivalents"."requirement_id", "equivalents"."course_id") = 1),
	CONSTRAINT "equivalents_what" CHECK (length(btrim("equivalents"."what")) > 0),
	CONSTRAINT "equivalents_not_own" CHECK ("equivalents"."granted_by" <> "equivalents"."person_id"),
	CONSTRAINT "equivalents_revoked" CHECK (("equivalents"."revoked_at" is null) = ("equivalents"."revoked_because" is null))
);
--> statement-breakpoint
CREATE TABLE "exemptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"obligation_id" uuid,
	"kind" "exemption_kind" NOT NULL,
	"ground" "exemption_ground" NOT NULL,
	"reason" text NOT NULL,
	"proof_id" uuid,
	"until" date,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"state" "exemption_state" DEFAULT 'asked' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decided_because" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "exemptions_reason" CHECK (length(btrim("exemptions"."reason")) > 0),
	CONSTRAINT "exemptions_deferral" CHECK ("exemptions"."kind" <> 'deferral' or ("exemptions"."until" is not null and "exemptions"."obligation_id" is not null)),
	CONSTRAINT "exemptions_decided" CHECK (("exemptions"."state" in ('approved', 'refused', 'ended')) <= ("exemptions"."decided_at" is not null and "exemptions"."decided_by" is not null)),
	CONSTRAINT "exemptions_not_own" CHECK ("exemptions"."decided_by" is null or "exemptions"."decided_by" <> "exemptions"."person_id")
);
--> statement-breakpoint
CREATE TABLE "programme_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"programme_id" uuid NOT NULL,
	"audience_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"due" jsonb NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_because" text,
	CONSTRAINT "programme_assignments_forward" CHECK ("programme_assignments"."ends_on" is null or "programme_assignments"."ends_on" >= "programme_assignments"."starts_on"),
	CONSTRAINT "programme_assignments_withdrawn" CHECK (("programme_assignments"."withdrawn_at" is null) = ("programme_assignments"."withdrawn_because" is null))
);
--> statement-breakpoint
CREATE TABLE "programme_requirements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"kind" "requirement_kind" NOT NULL,
	"course_id" uuid,
	"exam_id" uuid,
	"exam_purpose" "exam_purpose",
	"pass_mark" numeric(5, 2),
	"event_kind" "event_kind",
	"event_purpose" "training_purpose",
	"hours" numeric(6, 1),
	"hour_category" "hour_category",
	"choose" smallint,
	"due" jsonb,
	CONSTRAINT "programme_requirements_course" CHECK (("programme_requirements"."kind" = 'course') = ("programme_requirements"."course_id" is not null)),
	CONSTRAINT "programme_requirements_exam" CHECK (("programme_requirements"."kind" = 'exam') = (num_nonnulls("programme_requirements"."exam_id", "programme_requirements"."exam_purpose") = 1) and ("programme_requirements"."kind" = 'exam' or "programme_requirements"."pass_mark" is null)),
	CONSTRAINT "programme_requirements_event" CHECK (("programme_requirements"."kind" = 'event') = ("programme_requirements"."event_kind" is not null) and ("programme_requirements"."kind" = 'event' or "programme_requirements"."event_purpose" is null)),
	CONSTRAINT "programme_requirements_hours" CHECK (("programme_requirements"."kind" = 'hours') = ("programme_requirements"."hours" is not null) and ("programme_requirements"."hours" is null or "programme_requirements"."hours" > 0) and ("programme_requirements"."kind" = 'hours' or "programme_requirements"."hour_category" is null)),
	CONSTRAINT "programme_requirements_choose" CHECK (("programme_requirements"."kind" = 'electives') = ("programme_requirements"."choose" is not null) and ("programme_requirements"."choose" is null or "programme_requirements"."choose" > 0))
);
--> statement-breakpoint
CREATE TABLE "programme_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"programme_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"recurrence" "recurrence" DEFAULT 'once' NOT NULL,
	"valid_months" smallint,
	"renewal_months" smallint,
	"prior_months" smallint,
	"joining" "joining_policy" DEFAULT 'same-date' NOT NULL,
	"joining_days" smallint,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"adopted_at" timestamp with time zone,
	CONSTRAINT "programme_versions_validity" CHECK (("programme_versions"."recurrence" = 'after-completion') = ("programme_versions"."valid_months" is not null) and ("programme_versions"."valid_months" is null) = ("programme_versions"."renewal_months" is null) and ("programme_versions"."valid_months" is null or ("programme_versions"."valid_months" between 1 and 120 and "programme_versions"."renewal_months" between 0 and "programme_versions"."valid_months"))),
	CONSTRAINT "programme_versions_prior" CHECK ("programme_versions"."prior_months" is null or "programme_versions"."prior_months" between 1 and 600),
	CONSTRAINT "programme_versions_joining" CHECK (("programme_versions"."joining" = 'more-time') = ("programme_versions"."joining_days" is not null) and ("programme_versions"."joining_days" is null or "programme_versions"."joining_days" between 1 and 366))
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"current_version_id" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "programmes_title" CHECK (btrim("programmes"."title") <> '')
);
--> statement-breakpoint
CREATE TABLE "requirement_electives" (
	"requirement_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	CONSTRAINT "requirement_electives_requirement_id_course_id_pk" PRIMARY KEY("requirement_id","course_id")
);
--> statement-breakpoint
ALTER TABLE "obligations" DROP CONSTRAINT "obligations_one_reason";--> statement-breakpoint
ALTER TABLE "obligations" DROP CONSTRAINT "obligations_evidence";--> statement-breakpoint
DROP INDEX "obligations_one_live";--> statement-breakpoint
ALTER TABLE "obligations" ALTER COLUMN "course_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "exams" ADD COLUMN "purpose" "exam_purpose" DEFAULT 'general' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "establishment" "establishment";--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "kind" "requirement_kind" DEFAULT 'course' NOT NULL;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "requirement_id" uuid;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "programme_assignment_id" uuid;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "audience_version_id" uuid;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "period_on" date;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "opens_on" date;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "expires_on" date;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "evidence_exam_id" uuid;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "evidence_event_id" uuid;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "evidence_hours" numeric(6, 1);--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "equivalent_id" uuid;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "exempt_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "obligations" ADD COLUMN "exemption_id" uuid;--> statement-breakpoint
ALTER TABLE "audience_versions" ADD CONSTRAINT "audience_versions_audience_id_audiences_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audiences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_versions" ADD CONSTRAINT "audience_versions_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audiences" ADD CONSTRAINT "audiences_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audiences" ADD CONSTRAINT "audiences_current_version_id_audience_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."audience_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audiences" ADD CONSTRAINT "audiences_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_list_members" ADD CONSTRAINT "people_list_members_list_id_people_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."people_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_list_members" ADD CONSTRAINT "people_list_members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_lists" ADD CONSTRAINT "people_lists_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_lists" ADD CONSTRAINT "people_lists_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_articles" ADD CONSTRAINT "event_articles_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_articles" ADD CONSTRAINT "event_articles_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_files" ADD CONSTRAINT "event_files_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_files" ADD CONSTRAINT "event_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_participants" ADD CONSTRAINT "event_participants_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_participants" ADD CONSTRAINT "event_participants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_participants" ADD CONSTRAINT "event_participants_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_presence_changes" ADD CONSTRAINT "event_presence_changes_session_id_event_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."event_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_presence_changes" ADD CONSTRAINT "event_presence_changes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_presence_changes" ADD CONSTRAINT "event_presence_changes_changed_by_people_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_presences" ADD CONSTRAINT "event_presences_session_id_event_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."event_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_presences" ADD CONSTRAINT "event_presences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_presences" ADD CONSTRAINT "event_presences_recorded_by_people_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_sessions" ADD CONSTRAINT "event_sessions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_trainings" ADD CONSTRAINT "external_trainings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_trainings" ADD CONSTRAINT "external_trainings_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_trainings" ADD CONSTRAINT "external_trainings_proof_id_files_id_fk" FOREIGN KEY ("proof_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_trainings" ADD CONSTRAINT "external_trainings_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_brought_by_people_id_fk" FOREIGN KEY ("brought_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equivalents" ADD CONSTRAINT "equivalents_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equivalents" ADD CONSTRAINT "equivalents_requirement_id_programme_requirements_id_fk" FOREIGN KEY ("requirement_id") REFERENCES "public"."programme_requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equivalents" ADD CONSTRAINT "equivalents_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equivalents" ADD CONSTRAINT "equivalents_proof_id_files_id_fk" FOREIGN KEY ("proof_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equivalents" ADD CONSTRAINT "equivalents_granted_by_people_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_proof_id_files_id_fk" FOREIGN KEY ("proof_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_assignments" ADD CONSTRAINT "programme_assignments_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_assignments" ADD CONSTRAINT "programme_assignments_audience_id_audiences_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audiences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_assignments" ADD CONSTRAINT "programme_assignments_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_assignments" ADD CONSTRAINT "programme_assignments_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_assignments" ADD CONSTRAINT "programme_assignments_withdrawn_by_people_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_requirements" ADD CONSTRAINT "programme_requirements_version_id_programme_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."programme_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_requirements" ADD CONSTRAINT "programme_requirements_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_requirements" ADD CONSTRAINT "programme_requirements_exam_id_exams_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_versions" ADD CONSTRAINT "programme_versions_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_versions" ADD CONSTRAINT "programme_versions_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_current_version_id_programme_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."programme_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_electives" ADD CONSTRAINT "requirement_electives_requirement_id_programme_requirements_id_fk" FOREIGN KEY ("requirement_id") REFERENCES "public"."programme_requirements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_electives" ADD CONSTRAINT "requirement_electives_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audience_versions_number" ON "audience_versions" USING btree ("audience_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "audiences_name" ON "audiences" USING btree ("unit_id","name") WHERE "audiences"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "people_list_members_person" ON "people_list_members" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_lists_name" ON "people_lists" USING btree ("unit_id","name");--> statement-breakpoint
CREATE INDEX "event_participants_person" ON "event_participants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "event_presence_changes_session" ON "event_presence_changes" USING btree ("session_id","person_id");--> statement-breakpoint
CREATE INDEX "event_presences_person" ON "event_presences" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_sessions_position" ON "event_sessions" USING btree ("event_id","position");--> statement-breakpoint
CREATE INDEX "events_unit" ON "events" USING btree ("unit_id","starts_at");--> statement-breakpoint
CREATE INDEX "events_start" ON "events" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "external_trainings_person" ON "external_trainings" USING btree ("person_id","starts_at");--> statement-breakpoint
CREATE INDEX "external_trainings_reported" ON "external_trainings" USING btree ("reported_at") WHERE "external_trainings"."state" = 'reported';--> statement-breakpoint
CREATE INDEX "files_brought" ON "files" USING btree ("brought_by","brought_at");--> statement-breakpoint
CREATE INDEX "equivalents_person" ON "equivalents" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "exemptions_person" ON "exemptions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "exemptions_asked" ON "exemptions" USING btree ("asked_at") WHERE "exemptions"."state" = 'asked';--> statement-breakpoint
CREATE UNIQUE INDEX "exemptions_one_asked" ON "exemptions" USING btree ("person_id","obligation_id") WHERE "exemptions"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "programme_assignments_programme" ON "programme_assignments" USING btree ("programme_id");--> statement-breakpoint
CREATE INDEX "programme_assignments_audience" ON "programme_assignments" USING btree ("audience_id");--> statement-breakpoint
CREATE UNIQUE INDEX "programme_requirements_position" ON "programme_requirements" USING btree ("version_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "programme_versions_number" ON "programme_versions" USING btree ("programme_id","number");--> statement-breakpoint
CREATE INDEX "programmes_unit" ON "programmes" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "requirement_electives_course" ON "requirement_electives" USING btree ("course_id");--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_requirement_id_programme_requirements_id_fk" FOREIGN KEY ("requirement_id") REFERENCES "public"."programme_requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_programme_assignment_id_programme_assignments_id_fk" FOREIGN KEY ("programme_assignment_id") REFERENCES "public"."programme_assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_audience_version_id_audience_versions_id_fk" FOREIGN KEY ("audience_version_id") REFERENCES "public"."audience_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_evidence_exam_id_exams_id_fk" FOREIGN KEY ("evidence_exam_id") REFERENCES "public"."exams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_evidence_event_id_events_id_fk" FOREIGN KEY ("evidence_event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_equivalent_id_equivalents_id_fk" FOREIGN KEY ("equivalent_id") REFERENCES "public"."equivalents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_exemption_id_exemptions_id_fk" FOREIGN KEY ("exemption_id") REFERENCES "public"."exemptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_programme" ON "obligations" USING btree ("programme_assignment_id","person_id","requirement_id","period_on") WHERE "obligations"."programme_assignment_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_promotion_requirement" ON "obligations" USING btree ("promotion_id","requirement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_one_live" ON "obligations" USING btree ("person_id","course_id") WHERE "obligations"."completed_at" is null and "obligations"."withdrawn_at" is null and "obligations"."programme_assignment_id" is null;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_of_kind" CHECK (("obligations"."kind" = 'course') = ("obligations"."course_id" is not null) and ("obligations"."kind" = 'course' or "obligations"."requirement_id" is not null));--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_of_programme" CHECK ("obligations"."programme_assignment_id" is null or ("obligations"."requirement_id" is not null and "obligations"."audience_version_id" is not null and "obligations"."period_on" is not null));--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_exempt" CHECK (("obligations"."exempt_at" is null) = ("obligations"."exemption_id" is null) and ("obligations"."exempt_at" is null or "obligations"."completed_at" is null));--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_opens" CHECK ("obligations"."opens_on" is null or "obligations"."opens_on" <= "obligations"."due_on");--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_expires" CHECK ("obligations"."expires_on" is null or "obligations"."expires_on" >= "obligations"."due_on");--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_one_reason" CHECK (num_nonnulls("obligations"."assignment_id", "obligations"."programme_assignment_id", "obligations"."promotion_id") = 1);--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_evidence" CHECK (num_nonnulls("obligations"."completion_id", "obligations"."evidence_exam_id", "obligations"."evidence_event_id", "obligations"."evidence_hours", "obligations"."equivalent_id") = case when "obligations"."completed_at" is null then 0 else 1 end);--> statement-breakpoint
-- What was adopted, worded or corrected is never changed.
CREATE TRIGGER programme_versions_frozen BEFORE UPDATE OR DELETE ON programme_versions
	FOR EACH ROW WHEN (OLD.adopted_at IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE FUNCTION refuse_change_of_adopted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM programme_versions v WHERE v.adopted_at IS NOT NULL
		AND v.id IN (CASE WHEN tg_op <> 'INSERT' THEN OLD.version_id END, CASE WHEN tg_op <> 'DELETE' THEN NEW.version_id END)) THEN
		RAISE EXCEPTION '% of % is refused: the programme version has been adopted', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER programme_requirements_frozen BEFORE INSERT OR UPDATE OR DELETE ON programme_requirements
	FOR EACH ROW EXECUTE FUNCTION refuse_change_of_adopted();--> statement-breakpoint
CREATE TRIGGER audience_versions_frozen BEFORE UPDATE OR DELETE ON audience_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER event_presence_changes_frozen BEFORE UPDATE OR DELETE ON event_presence_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER files_frozen BEFORE UPDATE ON files FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER exemptions_frozen BEFORE UPDATE OR DELETE ON exemptions
	FOR EACH ROW WHEN (OLD.state IN ('refused', 'withdrawn', 'ended')) EXECUTE FUNCTION refuse_change();
