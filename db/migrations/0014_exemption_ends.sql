ALTER TABLE "exemptions" DROP CONSTRAINT "exemptions_not_own";--> statement-breakpoint
ALTER TABLE "exemptions" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "exemptions" ADD COLUMN "ended_because" text;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exemptions_one_general_asked" ON "exemptions" USING btree ("person_id") WHERE "exemptions"."state" = 'asked' and "exemptions"."obligation_id" is null;--> statement-breakpoint
CREATE INDEX "exemptions_general" ON "exemptions" USING btree ("person_id") WHERE "exemptions"."state" = 'approved' and "exemptions"."kind" = 'exemption' and "exemptions"."obligation_id" is null;--> statement-breakpoint
CREATE INDEX "exemptions_until" ON "exemptions" USING btree ("until") WHERE "exemptions"."state" = 'approved' and "exemptions"."kind" = 'exemption';--> statement-breakpoint
CREATE INDEX "obligations_exemption" ON "obligations" USING btree ("exemption_id") WHERE "obligations"."exemption_id" is not null;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_ended" CHECK (("exemptions"."state" = 'ended') = ("exemptions"."ended_at" is not null));--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_not_own" CHECK (("exemptions"."decided_by" is null or "exemptions"."decided_by" not in ("exemptions"."person_id", "exemptions"."asked_by")) and ("exemptions"."ended_by" is null or "exemptions"."ended_by" <> "exemptions"."person_id"));