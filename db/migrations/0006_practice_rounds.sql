CREATE TABLE "practice_round_questions" (
	"round_id" uuid NOT NULL,
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
	CONSTRAINT "practice_round_questions_round_id_position_pk" PRIMARY KEY("round_id","position"),
	CONSTRAINT "practice_round_questions_small" CHECK ("practice_round_questions"."kind" <> 'case'),
	CONSTRAINT "practice_round_questions_marked" CHECK (("practice_round_questions"."answered_at" is null) = ("practice_round_questions"."correct" is null)),
	CONSTRAINT "practice_round_questions_answered" CHECK ("practice_round_questions"."response" is null or "practice_round_questions"."answered_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "practice_rounds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"about" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "practice_round_questions" ADD CONSTRAINT "practice_round_questions_round_id_practice_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."practice_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_round_questions" ADD CONSTRAINT "practice_round_questions_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_round_questions" ADD CONSTRAINT "practice_round_questions_question_version_id_question_versions_id_fk" FOREIGN KEY ("question_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_round_questions" ADD CONSTRAINT "practice_round_questions_case_version_id_question_versions_id_fk" FOREIGN KEY ("case_version_id") REFERENCES "public"."question_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_rounds" ADD CONSTRAINT "practice_rounds_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "practice_round_questions_once" ON "practice_round_questions" USING btree ("round_id","question_id");--> statement-breakpoint
CREATE INDEX "practice_rounds_person" ON "practice_rounds" USING btree ("person_id","opened_at");