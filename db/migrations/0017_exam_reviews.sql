ALTER TABLE "exams" ADD COLUMN "review_now" "exam_review" DEFAULT 'nothing' NOT NULL;--> statement-breakpoint
-- What was shown after each attempt goes on being shown after each; of a single attempt both stages say the same.
UPDATE "exams" SET "review_now" = "review_after_attempt" WHERE "attempts" > 1;
