ALTER TABLE "questions" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_entries_listed" ON "audit_entries" USING gin (("details" -> 'questions')) WHERE "audit_entries"."action" = 'question.listed';--> statement-breakpoint
CREATE INDEX "question_drafts_likeness" ON "question_drafts" USING gin ((coalesce("content" ->> 'stem', "content" ->> 'situation', '')) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "question_versions_likeness" ON "question_versions" USING gin ((coalesce("content" ->> 'stem', "content" ->> 'situation', '')) gin_trgm_ops);