-- The tables of annual assessment are made anew; what they held waits in a schema of its own until it has been carried over.
CREATE SCHEMA before_assessments;--> statement-breakpoint
ALTER TABLE assessment_amendments SET SCHEMA before_assessments;--> statement-breakpoint
ALTER TABLE assessment_results SET SCHEMA before_assessments;--> statement-breakpoint
ALTER TABLE assessment_schemes SET SCHEMA before_assessments;--> statement-breakpoint
ALTER TYPE assessment_band SET SCHEMA before_assessments;--> statement-breakpoint
CREATE TYPE "public"."adjustment_stage" AS ENUM('unit-review', 'hr-review', 'objection');--> statement-breakpoint
CREATE TYPE "public"."annual_grade" AS ENUM('excellent', 'competent', 'basically-competent', 'incompetent');--> statement-breakpoint
CREATE TYPE "public"."assessment_band" AS ENUM('excellent', 'good', 'qualified', 'not-qualified');--> statement-breakpoint
CREATE TYPE "public"."cycle_state" AS ENUM('open', 'drafting', 'drafted', 'unit-review', 'hr-review', 'published', 'signed', 'closed');--> statement-breakpoint
CREATE TYPE "public"."objection_state" AS ENUM('open', 'upheld', 'dismissed', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."scheme_state" AS ENUM('draft', 'adopted', 'replaced');--> statement-breakpoint
CREATE TABLE "annual_grade_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cycle_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"document" text NOT NULL,
	"decided_on" date NOT NULL,
	"rows" jsonb NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"committed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "annual_grades" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"grade" "annual_grade" NOT NULL,
	"document" text NOT NULL,
	"decided_on" date NOT NULL,
	"because" text,
	"source" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "annual_grades_document" CHECK (btrim("annual_grades"."document") <> ''),
	CONSTRAINT "annual_grades_not_own" CHECK ("annual_grades"."entered_by" <> "annual_grades"."person_id")
);
--> statement-breakpoint
CREATE TABLE "assessment_adjustments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"result_id" uuid NOT NULL,
	"stage" "adjustment_stage" NOT NULL,
	"from_score" numeric(5, 2) NOT NULL,
	"to_score" numeric(5, 2) NOT NULL,
	"from_band" "assessment_band" NOT NULL,
	"to_band" "assessment_band" NOT NULL,
	"reason" text NOT NULL,
	"adjusted_by" uuid NOT NULL,
	"adjusted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_adjustments_reason" CHECK (length(btrim("assessment_adjustments"."reason")) > 0),
	CONSTRAINT "assessment_adjustments_differs" CHECK ("assessment_adjustments"."from_band" <> "assessment_adjustments"."to_band" or "assessment_adjustments"."from_score" <> "assessment_adjustments"."to_score")
);
--> statement-breakpoint
CREATE TABLE "assessment_amendments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"result_id" uuid NOT NULL,
	"from_band" "assessment_band" NOT NULL,
	"to_band" "assessment_band" NOT NULL,
	"from_score" numeric(5, 2),
	"to_score" numeric(5, 2),
	"reason" text NOT NULL,
	"amended_by" uuid NOT NULL,
	"amended_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_amendments_reason" CHECK (length(btrim("assessment_amendments"."reason")) > 0),
	CONSTRAINT "assessment_amendments_differs" CHECK ("assessment_amendments"."from_band" <> "assessment_amendments"."to_band" or "assessment_amendments"."from_score" is distinct from "assessment_amendments"."to_score")
);
--> statement-breakpoint
CREATE TABLE "assessment_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"result_id" uuid NOT NULL,
	"text" text NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_comments_text" CHECK (length(btrim("assessment_comments"."text")) > 0)
);
--> statement-breakpoint
CREATE TABLE "assessment_cycles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" smallint NOT NULL,
	"unit_id" uuid NOT NULL,
	"path" "ltree" NOT NULL,
	"state" "cycle_state" DEFAULT 'open' NOT NULL,
	"until" date NOT NULL,
	"review_depth" smallint DEFAULT 1 NOT NULL,
	"reviews_due_on" date NOT NULL,
	"objection_days" smallint DEFAULT 5 NOT NULL,
	"objections_until" date,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"results" integer DEFAULT 0 NOT NULL,
	"run" uuid,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"drafted_at" timestamp with time zone,
	"reviewing_at" timestamp with time zone,
	"reviewed_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"published_by" uuid,
	"signed_at" timestamp with time zone,
	"signed_by" uuid,
	"closed_at" timestamp with time zone,
	"digest" "bytea",
	CONSTRAINT "assessment_cycles_days" CHECK ("assessment_cycles"."objection_days" between 1 and 60 and "assessment_cycles"."review_depth" between 0 and 5),
	CONSTRAINT "assessment_cycles_published" CHECK (("assessment_cycles"."state" in ('published', 'signed', 'closed')) = ("assessment_cycles"."published_at" is not null and "assessment_cycles"."objections_until" is not null)),
	CONSTRAINT "assessment_cycles_signed" CHECK (("assessment_cycles"."state" in ('signed', 'closed')) = ("assessment_cycles"."signed_at" is not null)),
	CONSTRAINT "assessment_cycles_closed" CHECK (("assessment_cycles"."state" = 'closed') = ("assessment_cycles"."closed_at" is not null and "assessment_cycles"."digest" is not null))
);
--> statement-breakpoint
CREATE TABLE "assessment_objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"result_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"state" "objection_state" DEFAULT 'open' NOT NULL,
	"answer" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "assessment_objections_reason" CHECK (length(btrim("assessment_objections"."reason")) > 0),
	CONSTRAINT "assessment_objections_decided" CHECK (("assessment_objections"."state" in ('upheld', 'dismissed')) = ("assessment_objections"."decided_by" is not null) and ("assessment_objections"."decided_by" is null or length(btrim("assessment_objections"."answer")) > 0))
);
--> statement-breakpoint
CREATE TABLE "assessment_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cycle_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"unit_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"scheme_id" uuid NOT NULL,
	"inputs" jsonb NOT NULL,
	"parts" jsonb NOT NULL,
	"limits" text[] NOT NULL,
	"draft_score" numeric(5, 2) NOT NULL,
	"draft_band" "assessment_band" NOT NULL,
	"score" numeric(5, 2) NOT NULL,
	"band" "assessment_band" NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_results_score" CHECK ("assessment_results"."score" between 0 and 100 and "assessment_results"."draft_score" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "assessment_reviews" (
	"cycle_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"submitted_by" uuid,
	"submitted_at" timestamp with time zone,
	"returned_because" text,
	"reminded_at" timestamp with time zone,
	CONSTRAINT "assessment_reviews_cycle_id_unit_id_pk" PRIMARY KEY("cycle_id","unit_id"),
	CONSTRAINT "assessment_reviews_submitted" CHECK (("assessment_reviews"."submitted_at" is null) = ("assessment_reviews"."submitted_by" is null))
);
--> statement-breakpoint
CREATE TABLE "assessment_schemes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" smallint NOT NULL,
	"name" text NOT NULL,
	"position" smallint NOT NULL,
	"ranks" "rank"[] DEFAULT '{}' NOT NULL,
	"levels" "leadership_level"[] DEFAULT '{}' NOT NULL,
	"establishments" "establishment"[] DEFAULT '{}' NOT NULL,
	"leading" boolean,
	"components" jsonb NOT NULL,
	"minimums" jsonb NOT NULL,
	"vetoes" jsonb NOT NULL,
	"bands" jsonb NOT NULL,
	"decimals" smallint NOT NULL,
	"basis" text NOT NULL,
	"state" "scheme_state" DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"follows_id" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"adopted_by" uuid,
	"adopted_at" timestamp with time zone,
	CONSTRAINT "assessment_schemes_name" CHECK (btrim("assessment_schemes"."name") <> '' and btrim("assessment_schemes"."basis") <> ''),
	CONSTRAINT "assessment_schemes_decimals" CHECK ("assessment_schemes"."decimals" between 0 and 2),
	CONSTRAINT "assessment_schemes_adopted" CHECK (("assessment_schemes"."state" = 'draft') = ("assessment_schemes"."adopted_at" is null))
);
--> statement-breakpoint
CREATE TABLE "assessment_unit_marks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" smallint NOT NULL,
	"unit_id" uuid NOT NULL,
	"mark" numeric(5, 2) NOT NULL,
	"basis" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_unit_marks_range" CHECK ("assessment_unit_marks"."mark" between 0 and 100 and btrim("assessment_unit_marks"."basis") <> '')
);
--> statement-breakpoint
CREATE TABLE "assessment_units" (
	"cycle_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"depth" smallint NOT NULL,
	"path" "ltree" NOT NULL,
	"name" text NOT NULL,
	"review_unit_id" uuid NOT NULL,
	"first" integer DEFAULT 1 NOT NULL,
	"own" integer DEFAULT 0 NOT NULL,
	"people" integer DEFAULT 0 NOT NULL,
	"excellent" integer,
	"good" integer,
	"qualified" integer,
	"not_qualified" integer,
	"digest" "bytea",
	CONSTRAINT "assessment_units_cycle_id_unit_id_pk" PRIMARY KEY("cycle_id","unit_id")
);
--> statement-breakpoint
ALTER TABLE "annual_grade_imports" ADD CONSTRAINT "annual_grade_imports_cycle_id_assessment_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."assessment_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annual_grade_imports" ADD CONSTRAINT "annual_grade_imports_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annual_grades" ADD CONSTRAINT "annual_grades_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annual_grades" ADD CONSTRAINT "annual_grades_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_adjustments" ADD CONSTRAINT "assessment_adjustments_result_id_assessment_results_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."assessment_results"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_adjustments" ADD CONSTRAINT "assessment_adjustments_adjusted_by_people_id_fk" FOREIGN KEY ("adjusted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_amendments" ADD CONSTRAINT "assessment_amendments_result_id_assessment_results_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."assessment_results"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_amendments" ADD CONSTRAINT "assessment_amendments_amended_by_people_id_fk" FOREIGN KEY ("amended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_comments" ADD CONSTRAINT "assessment_comments_result_id_assessment_results_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."assessment_results"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_comments" ADD CONSTRAINT "assessment_comments_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_cycles" ADD CONSTRAINT "assessment_cycles_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_cycles" ADD CONSTRAINT "assessment_cycles_opened_by_people_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_cycles" ADD CONSTRAINT "assessment_cycles_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_cycles" ADD CONSTRAINT "assessment_cycles_signed_by_people_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_objections" ADD CONSTRAINT "assessment_objections_result_id_assessment_results_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."assessment_results"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_objections" ADD CONSTRAINT "assessment_objections_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_cycle_id_assessment_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."assessment_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_results" ADD CONSTRAINT "assessment_results_scheme_id_assessment_schemes_id_fk" FOREIGN KEY ("scheme_id") REFERENCES "public"."assessment_schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_reviews" ADD CONSTRAINT "assessment_reviews_cycle_id_assessment_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."assessment_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_reviews" ADD CONSTRAINT "assessment_reviews_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_reviews" ADD CONSTRAINT "assessment_reviews_submitted_by_people_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_schemes" ADD CONSTRAINT "assessment_schemes_follows_id_assessment_schemes_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."assessment_schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_schemes" ADD CONSTRAINT "assessment_schemes_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_schemes" ADD CONSTRAINT "assessment_schemes_adopted_by_people_id_fk" FOREIGN KEY ("adopted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_unit_marks" ADD CONSTRAINT "assessment_unit_marks_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_unit_marks" ADD CONSTRAINT "assessment_unit_marks_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_units" ADD CONSTRAINT "assessment_units_cycle_id_assessment_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."assessment_cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_units" ADD CONSTRAINT "assessment_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_units" ADD CONSTRAINT "assessment_units_review_unit_id_units_id_fk" FOREIGN KEY ("review_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annual_grade_imports_cycle" ON "annual_grade_imports" USING btree ("cycle_id","created_at");--> statement-breakpoint
CREATE INDEX "annual_grades_person" ON "annual_grades" USING btree ("person_id","year","entered_at");--> statement-breakpoint
CREATE INDEX "assessment_adjustments_result" ON "assessment_adjustments" USING btree ("result_id","adjusted_at");--> statement-breakpoint
CREATE INDEX "assessment_amendments_result" ON "assessment_amendments" USING btree ("result_id","amended_at");--> statement-breakpoint
CREATE INDEX "assessment_comments_result" ON "assessment_comments" USING btree ("result_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_cycles_unit" ON "assessment_cycles" USING btree ("year","unit_id");--> statement-breakpoint
CREATE INDEX "assessment_objections_result" ON "assessment_objections" USING btree ("result_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_objections_one_open" ON "assessment_objections" USING btree ("result_id") WHERE "assessment_objections"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_results_once" ON "assessment_results" USING btree ("person_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_results_place" ON "assessment_results" USING btree ("cycle_id","place");--> statement-breakpoint
CREATE INDEX "assessment_results_band" ON "assessment_results" USING btree ("cycle_id","band","place");--> statement-breakpoint
CREATE INDEX "assessment_schemes_year" ON "assessment_schemes" USING btree ("year","position");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_schemes_order" ON "assessment_schemes" USING btree ("year","position") WHERE "assessment_schemes"."state" = 'adopted';--> statement-breakpoint
CREATE INDEX "assessment_unit_marks_unit" ON "assessment_unit_marks" USING btree ("year","unit_id","entered_at");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_units_position" ON "assessment_units" USING btree ("cycle_id","position");--> statement-breakpoint
-- What stood before is carried over: each rule as an adopted scheme for everybody, each year as one cycle over the whole tree.
-- A year of which every result had been confirmed is closed; another goes on in the review of HR.
INSERT INTO assessment_schemes (id, year, name, position, components, minimums, vetoes, bands, decimals, basis, state, created_at, created_by, adopted_at, adopted_by)
WITH stated AS (
	SELECT year, qualified_from, excellent_from, courses_weight, minimum_hours, updated_at AS at, updated_by AS by, true AS held FROM before_assessments.assessment_schemes
	UNION ALL
	SELECT year, (scheme ->> 'qualifiedFrom')::numeric, (scheme ->> 'excellentFrom')::numeric, (scheme ->> 'coursesWeight')::smallint, (scheme ->> 'minimumHours')::numeric, min(proposed_at), NULL, false
	FROM before_assessments.assessment_results GROUP BY 1, 2, 3, 4, 5
), once AS (
	SELECT DISTINCT ON (year, qualified_from, excellent_from, courses_weight, minimum_hours) *
	FROM stated ORDER BY year, qualified_from, excellent_from, courses_weight, minimum_hours, held DESC
), ranked AS (SELECT *, row_number() OVER (PARTITION BY year ORDER BY held DESC, at DESC) AS place FROM once)
SELECT gen_random_uuid(), year, year || '年度学法考核方案', 1,
	(SELECT jsonb_agg(part ORDER BY n) FROM (VALUES
		(1, courses_weight::int, jsonb_build_object('kind', 'courses', 'weight', courses_weight, 'cap', NULL, 'basis', '')),
		(2, 100 - courses_weight, jsonb_build_object('kind', 'checks', 'weight', 100 - courses_weight, 'cap', NULL, 'basis', ''))) parts (n, weight, part) WHERE weight > 0),
	CASE WHEN minimum_hours > 0 THEN jsonb_build_array(jsonb_build_object('kind', 'hours', 'least', minimum_hours, 'limit', 'not-qualified', 'basis', '')) ELSE '[]' END,
	'[{"when": "courses-open", "limit": "qualified", "basis": ""}]',
	jsonb_build_array(jsonb_build_object('band', 'excellent', 'from', excellent_from), jsonb_build_object('band', 'qualified', 'from', qualified_from)),
	2, '年度学法考核设置', CASE place WHEN 1 THEN 'adopted' ELSE 'replaced' END::scheme_state, at, by, at, by
FROM ranked;--> statement-breakpoint
INSERT INTO assessment_cycles (id, year, unit_id, path, state, until, reviews_due_on, objections_until, done, total, results, opened_at, drafted_at, published_at, signed_at, closed_at, digest)
SELECT gen_random_uuid(), r.year, u.id, u.path, CASE WHEN bool_and(r.confirmed_at IS NOT NULL) THEN 'closed' ELSE 'hr-review' END::cycle_state,
	make_date(r.year, 12, 31), max(r.proposed_at)::date, CASE WHEN bool_and(r.confirmed_at IS NOT NULL) THEN max(r.confirmed_at)::date END,
	count(*), count(*), count(*), min(r.proposed_at), max(r.proposed_at),
	c.at, c.at, c.at, CASE WHEN c.at IS NOT NULL THEN '\x00'::bytea END
FROM before_assessments.assessment_results r
JOIN units u ON u.parent_id IS NULL
JOIN LATERAL (SELECT CASE WHEN bool_and(o.confirmed_at IS NOT NULL) THEN max(o.confirmed_at) END AS at FROM before_assessments.assessment_results o WHERE o.year = r.year) c ON true
GROUP BY r.year, u.id, u.path, c.at;--> statement-breakpoint
INSERT INTO assessment_units (cycle_id, unit_id, position, depth, path, name, review_unit_id, first, own, people)
WITH counted AS (SELECT year, unit_id, count(*) AS own FROM before_assessments.assessment_results GROUP BY 1, 2),
placed AS (
	SELECT c.id AS cycle_id, u.id, row_number() OVER (PARTITION BY c.id ORDER BY u.path::text COLLATE "C") AS position, nlevel(u.path) AS depth, u.path, u.name, coalesce(n.own, 0) AS own,
		coalesce((SELECT t.id FROM units t WHERE t.path = subpath(u.path, 0, least(2, nlevel(u.path)))), u.id) AS review
	FROM assessment_cycles c CROSS JOIN units u LEFT JOIN counted n ON n.year = c.year AND n.unit_id = u.id
)
SELECT cycle_id, id, position, depth, path, name, review,
	1 + coalesce(sum(own) OVER (PARTITION BY cycle_id ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), own,
	(SELECT sum(b.own) FROM placed b WHERE b.cycle_id = placed.cycle_id AND b.path <@ placed.path)
FROM placed;--> statement-breakpoint
INSERT INTO assessment_results (id, cycle_id, person_id, year, unit_id, place, scheme_id, inputs, parts, limits, draft_score, draft_band, score, band, drafted_at)
SELECT r.id, c.id, r.person_id, r.year, r.unit_id, row_number() OVER (PARTITION BY c.id ORDER BY u.position, p.name COLLATE "zh-x-icu", p.id), s.id,
	jsonb_build_object('required', r.components -> 'requiredCourses', 'completed', r.components -> 'completedCourses', 'onTime', r.components -> 'completedOnTime', 'obligationIds', '[]'::jsonb,
		'answered', r.components -> 'checksAnswered', 'correct', r.components -> 'checksCorrect', 'lessons', 0, 'exams', '[]'::jsonb,
		'absences', 0, 'failures', 0, 'failuresAfterMakeUp', 0, 'passesByMakeUp', 0,
		'hours', round((r.components ->> 'hours')::numeric * 10)::int, 'invited', 0, 'attended', 0, 'unitMark', NULL, 'overdue', 0, 'promotionIds', '[]'::jsonb),
	(SELECT jsonb_agg(CASE part ->> 'kind' WHEN 'courses' THEN CASE WHEN (r.components ->> 'requiredCourses')::int = 0 THEN 'null'::jsonb ELSE to_jsonb(round((r.components ->> 'coursesScore')::numeric * 100)::int) END
		ELSE coalesce(to_jsonb(round((r.components ->> 'checksScore')::numeric * 100)::int), 'null') END ORDER BY n) FROM jsonb_array_elements(s.components) WITH ORDINALITY parts (part, n)),
	ARRAY(SELECT CASE reason WHEN 'hours-below-minimum' THEN 'minimum:hours' ELSE 'veto:courses-open' END FROM jsonb_array_elements_text(r.components -> 'reasons') reason WHERE reason IN ('hours-below-minimum', 'courses-open')),
	r.score, r.proposed_band::text::assessment_band, r.score, coalesce(r.confirmed_band, r.proposed_band)::text::assessment_band, r.proposed_at
FROM before_assessments.assessment_results r
JOIN assessment_cycles c ON c.year = r.year
JOIN assessment_units u ON u.cycle_id = c.id AND u.unit_id = r.unit_id
JOIN people p ON p.id = r.person_id
JOIN assessment_schemes s ON s.year = r.year
	AND (s.bands -> 0 ->> 'from')::numeric = (r.scheme ->> 'excellentFrom')::numeric AND (s.bands -> 1 ->> 'from')::numeric = (r.scheme ->> 'qualifiedFrom')::numeric
	AND coalesce((s.minimums -> 0 ->> 'least')::numeric, 0) = (r.scheme ->> 'minimumHours')::numeric
	AND coalesce((jsonb_path_query_first(s.components, '$[*] ? (@.kind == "courses").weight'))::int, 0) = (r.scheme ->> 'coursesWeight')::int;--> statement-breakpoint
INSERT INTO assessment_adjustments (id, result_id, stage, from_score, to_score, from_band, to_band, reason, adjusted_by, adjusted_at)
SELECT gen_random_uuid(), id, 'hr-review', score, score, proposed_band::text::assessment_band, confirmed_band::text::assessment_band, reason, confirmed_by, confirmed_at
FROM before_assessments.assessment_results WHERE confirmed_band <> proposed_band;--> statement-breakpoint
INSERT INTO assessment_amendments (id, result_id, from_band, to_band, reason, amended_by, amended_at)
SELECT id, result_id, from_band::text::assessment_band, to_band::text::assessment_band, reason, amended_by, amended_at FROM before_assessments.assessment_amendments;--> statement-breakpoint
-- Digests as src/lib/server/assessments/closing/digest-in-sql.ts states them.
UPDATE assessment_units u SET excellent = f.excellent, good = 0, qualified = f.qualified, not_qualified = f.failed, digest = f.digest
FROM (
	SELECT r.cycle_id, r.unit_id, count(*) FILTER (WHERE band = 'excellent') AS excellent, count(*) FILTER (WHERE band = 'qualified') AS qualified, count(*) FILTER (WHERE band = 'not-qualified') AS failed,
		sha256(convert_to(string_agg(concat_ws('|', person_id, unit_id, scheme_id, draft_score, draft_band, score, band, parts::text, array_to_string(limits, ','), encode(sha256(convert_to(inputs::text, 'UTF8')), 'hex')), E'\n' ORDER BY person_id), 'UTF8')) AS digest
	FROM assessment_results r GROUP BY 1, 2
) f WHERE f.cycle_id = u.cycle_id AND f.unit_id = u.unit_id;--> statement-breakpoint
UPDATE assessment_cycles c SET digest = (
	SELECT sha256(convert_to(string_agg(unit_id || ' ' || encode(u.digest, 'hex'), E'\n' ORDER BY unit_id), 'UTF8')) FROM assessment_units u WHERE u.cycle_id = c.id AND u.digest IS NOT NULL)
WHERE state = 'closed';--> statement-breakpoint
DROP SCHEMA before_assessments CASCADE;--> statement-breakpoint

-- An adopted scheme stays as it is; all that can become of it is that another takes its place.
CREATE FUNCTION keep_adopted_scheme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF tg_op = 'UPDATE' AND OLD.state = 'adopted' AND NEW.state = 'replaced' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN RETURN NEW; END IF;
	RAISE EXCEPTION '% of % is refused: an adopted scheme is never changed', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER assessment_schemes_kept BEFORE UPDATE OR DELETE ON assessment_schemes FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION keep_adopted_scheme();--> statement-breakpoint

-- Cycles of one year never overlap, and go their way one step at a time.
CREATE FUNCTION keep_cycles_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(7202613, NEW.year);
	IF EXISTS (SELECT 1 FROM assessment_cycles c WHERE c.year = NEW.year AND c.id <> NEW.id AND (c.path <@ NEW.path OR c.path @> NEW.path)) THEN
		RAISE EXCEPTION 'another cycle of % covers this unit' , NEW.year USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'assessment_cycles_apart';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER assessment_cycles_apart BEFORE INSERT OR UPDATE OF year, path ON assessment_cycles FOR EACH ROW EXECUTE FUNCTION keep_cycles_apart();--> statement-breakpoint
CREATE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (OLD.state, NEW.state) NOT IN (('open', 'drafting'), ('drafting', 'drafted'), ('drafting', 'open'), ('drafted', 'drafting'), ('drafted', 'unit-review'), ('unit-review', 'hr-review'),
		('hr-review', 'unit-review'), ('hr-review', 'published'), ('published', 'signed'), ('signed', 'closed')) THEN
		RAISE EXCEPTION 'a cycle does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER assessment_cycles_moves BEFORE UPDATE OF state ON assessment_cycles FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION refuse_leap();--> statement-breakpoint
CREATE TRIGGER assessment_cycles_frozen BEFORE UPDATE OR DELETE ON assessment_cycles FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- Results come and go while the rule is applied, change while they are reviewed or objected to, and never after sign-off.
-- One look at the cycles for each statement, so that a hundred thousand rows cost no more than one.
CREATE FUNCTION refuse_frozen_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM assessment_cycles c WHERE c.state::text <> ALL (string_to_array(tg_argv[0], ' ')) AND c.id IN (SELECT cycle_id FROM touched)) THEN
		RAISE EXCEPTION '% of % is refused: the cycle is in another state', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER assessment_results_made AFTER INSERT ON assessment_results REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_results('drafting');--> statement-breakpoint
CREATE TRIGGER assessment_results_frozen AFTER UPDATE ON assessment_results REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_results('unit-review hr-review published');--> statement-breakpoint
CREATE TRIGGER assessment_results_kept AFTER DELETE ON assessment_results REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_results('drafting');--> statement-breakpoint
CREATE TRIGGER assessment_results_inputs BEFORE UPDATE OF cycle_id, person_id, year, unit_id, place, scheme_id, inputs, parts, limits, draft_score, draft_band, drafted_at ON assessment_results FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_results_never_emptied BEFORE TRUNCATE ON assessment_results FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint

CREATE FUNCTION refuse_out_of_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM assessment_results r JOIN assessment_cycles c ON c.id = r.cycle_id WHERE r.id = NEW.result_id AND c.state::text = ANY (string_to_array(tg_argv[0], ' '))) THEN
		RAISE EXCEPTION '% of % is refused: the cycle is in another state', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER assessment_adjustments_in_time BEFORE INSERT ON assessment_adjustments FOR EACH ROW EXECUTE FUNCTION refuse_out_of_state('unit-review hr-review published');--> statement-breakpoint
CREATE TRIGGER assessment_adjustments_frozen BEFORE UPDATE OR DELETE ON assessment_adjustments FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_comments_in_time BEFORE INSERT ON assessment_comments FOR EACH ROW EXECUTE FUNCTION refuse_out_of_state('unit-review hr-review published');--> statement-breakpoint
CREATE TRIGGER assessment_comments_frozen BEFORE UPDATE OR DELETE ON assessment_comments FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_objections_in_time BEFORE INSERT OR UPDATE ON assessment_objections FOR EACH ROW EXECUTE FUNCTION refuse_out_of_state('published');--> statement-breakpoint
CREATE TRIGGER assessment_objections_decided_once BEFORE UPDATE ON assessment_objections FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_objections_kept BEFORE DELETE ON assessment_objections FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_amendments_in_time BEFORE INSERT ON assessment_amendments FOR EACH ROW EXECUTE FUNCTION refuse_out_of_state('closed');--> statement-breakpoint
CREATE TRIGGER assessment_amendments_frozen BEFORE UPDATE OR DELETE ON assessment_amendments FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

CREATE FUNCTION refuse_of_closed_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM assessment_cycles c WHERE c.id IN (OLD.cycle_id, NEW.cycle_id) AND c.state = 'closed') THEN
		RAISE EXCEPTION '% of % is refused: the cycle is closed', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE TRIGGER assessment_units_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessment_units FOR EACH ROW EXECUTE FUNCTION refuse_of_closed_cycle();--> statement-breakpoint
CREATE TRIGGER assessment_reviews_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessment_reviews FOR EACH ROW EXECUTE FUNCTION refuse_of_closed_cycle();--> statement-breakpoint
CREATE TRIGGER assessment_unit_marks_frozen BEFORE UPDATE OR DELETE ON assessment_unit_marks FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER annual_grades_frozen BEFORE UPDATE OR DELETE ON annual_grades FOR EACH ROW EXECUTE FUNCTION refuse_change();
