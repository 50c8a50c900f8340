ALTER TYPE "public"."post_kind" ADD VALUE 'reappointment';--> statement-breakpoint
CREATE TABLE "promotion_postponements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"before" date NOT NULL,
	"after" date NOT NULL,
	"reason" text NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "promotion_postponements_later" CHECK ("promotion_postponements"."after" > "promotion_postponements"."before"),
	CONSTRAINT "promotion_postponements_reason" CHECK (length(btrim("promotion_postponements"."reason")) > 0)
);
--> statement-breakpoint
ALTER TABLE "promotions" DROP CONSTRAINT "promotions_due_after_start";--> statement-breakpoint
ALTER TABLE "promotion_requirements" DROP CONSTRAINT "promotion_requirements_promotion_id_course_id_pk";--> statement-breakpoint
ALTER TABLE "promotion_requirements" ALTER COLUMN "course_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "position" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "requirement_id" uuid;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "completed_at" timestamp with time zone;--> statement-breakpoint
-- Until now every course of a case had the case's one deadline.
UPDATE "promotion_requirements" r SET "due_on" = p."due_on", "completed_at" = (
	SELECT c."completed_at" FROM "course_completions" c WHERE c."person_id" = p."person_id" AND c."course_id" = r."course_id")
FROM "promotions" p WHERE p."id" = r."promotion_id";--> statement-breakpoint
ALTER TABLE "promotion_requirements" ALTER COLUMN "due_on" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "exempt_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "exempt_ground" text;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "exempt_reason" text;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "exempt_proof_id" uuid;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD COLUMN "exempt_by" uuid;--> statement-breakpoint
ALTER TABLE "promotion_rules" ADD COLUMN "programme_id" uuid;--> statement-breakpoint
ALTER TABLE "promotion_postponements" ADD CONSTRAINT "promotion_postponements_item_id_promotion_requirements_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."promotion_requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_postponements" ADD CONSTRAINT "promotion_postponements_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "promotion_postponements_item" ON "promotion_postponements" USING btree ("item_id","decided_at");--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_requirement_id_programme_requirements_id_fk" FOREIGN KEY ("requirement_id") REFERENCES "public"."programme_requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_exempt_proof_id_files_id_fk" FOREIGN KEY ("exempt_proof_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_exempt_by_people_id_fk" FOREIGN KEY ("exempt_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_rules" ADD CONSTRAINT "promotion_rules_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "promotion_requirements_course" ON "promotion_requirements" USING btree ("promotion_id","course_id");--> statement-breakpoint
CREATE UNIQUE INDEX "promotion_requirements_requirement" ON "promotion_requirements" USING btree ("promotion_id","requirement_id");--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_one" CHECK (num_nonnulls("promotion_requirements"."course_id", "promotion_requirements"."requirement_id") = 1);--> statement-breakpoint
ALTER TABLE "promotion_requirements" ADD CONSTRAINT "promotion_requirements_exempt" CHECK (num_nonnulls("promotion_requirements"."exempt_at", "promotion_requirements"."exempt_ground", "promotion_requirements"."exempt_reason", "promotion_requirements"."exempt_proof_id", "promotion_requirements"."exempt_by") in (0, 5));