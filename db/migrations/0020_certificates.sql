CREATE TYPE "public"."certificate_kind" AS ENUM('course', 'class', 'exam', 'programme');--> statement-breakpoint
CREATE TYPE "public"."revocation_ground" AS ENUM('regraded', 'attendance', 'hours', 'programme', 'decided');--> statement-breakpoint
CREATE TYPE "public"."correction_state" AS ENUM('asked', 'accepted', 'refused', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."record_part" AS ENUM('person', 'courses', 'exams', 'events', 'external', 'hours', 'promotions', 'results', 'exemptions', 'certificates');--> statement-breakpoint
CREATE TABLE "certificate_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"public_key" "bytea" NOT NULL,
	"private_key" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	"retired_by" uuid,
	CONSTRAINT "certificate_keys_public_key_unique" UNIQUE("public_key"),
	CONSTRAINT "certificate_keys_public" CHECK (octet_length("certificate_keys"."public_key") = 32),
	CONSTRAINT "certificate_keys_retired" CHECK (("certificate_keys"."retired_at" is null) = ("certificate_keys"."private_key" is not null))
);
--> statement-breakpoint
CREATE TABLE "certificate_marks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "certificate_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid,
	"unit_id" uuid,
	"template_id" uuid,
	CONSTRAINT "certificate_marks_one" CHECK (num_nonnulls("certificate_marks"."person_id", "certificate_marks"."unit_id", "certificate_marks"."template_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "certificate_serials" (
	"template_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "certificate_serials_template_id_year_pk" PRIMARY KEY("template_id","year"),
	CONSTRAINT "certificate_serials_last" CHECK ("certificate_serials"."last" > 0)
);
--> statement-breakpoint
CREATE TABLE "certificate_subjects" (
	"template_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "certificate_subjects_template_id_subject_id_pk" PRIMARY KEY("template_id","subject_id")
);
--> statement-breakpoint
CREATE TABLE "certificate_template_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"issuer" jsonb NOT NULL,
	"prefix" text NOT NULL,
	"seal_place" boolean DEFAULT true NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" "certificate_kind" NOT NULL,
	"name" text NOT NULL,
	"chosen_only" boolean DEFAULT false NOT NULL,
	"current_version_id" uuid,
	"issues_from" date,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "certificate_templates_name" CHECK (btrim("certificate_templates"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "certificate_kind" NOT NULL,
	"subject_id" uuid NOT NULL,
	"period_on" date,
	"person_id" uuid NOT NULL,
	"unit_id" uuid,
	"template_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"serial" integer NOT NULL,
	"code" text NOT NULL,
	"printed" jsonb NOT NULL,
	"earned_at" timestamp with time zone NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"follows" uuid,
	"key_id" uuid NOT NULL,
	"seal" "bytea" NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	"revoked_ground" "revocation_ground",
	"revoked_because" text,
	CONSTRAINT "certificates_code_unique" UNIQUE("code"),
	CONSTRAINT "certificates_code" CHECK ("certificates"."code" ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
	CONSTRAINT "certificates_serial_from_one" CHECK ("certificates"."serial" > 0),
	CONSTRAINT "certificates_revoked" CHECK (("certificates"."revoked_at" is null) = ("certificates"."revoked_ground" is null) and ("certificates"."revoked_at" is not null or "certificates"."revoked_by" is null) and ("certificates"."revoked_ground" is distinct from 'decided' or ("certificates"."revoked_by" is not null and length(btrim("certificates"."revoked_because")) > 0))),
	CONSTRAINT "certificates_not_own" CHECK ("certificates"."revoked_by" is null or "certificates"."revoked_by" <> "certificates"."person_id")
);
--> statement-breakpoint
CREATE TABLE "record_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"part" "record_part" NOT NULL,
	"what" text NOT NULL,
	"why" text NOT NULL,
	"state" "correction_state" DEFAULT 'asked' NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	"because" text,
	CONSTRAINT "record_corrections_words" CHECK (length(btrim("record_corrections"."what")) between 1 and 2000 and length(btrim("record_corrections"."why")) between 1 and 2000),
	CONSTRAINT "record_corrections_open" CHECK (("record_corrections"."state" = 'asked') = ("record_corrections"."answered_at" is null)),
	CONSTRAINT "record_corrections_answered" CHECK (("record_corrections"."state" in ('accepted', 'refused')) = ("record_corrections"."answered_by" is not null) and ("record_corrections"."state" not in ('accepted', 'refused') or length(btrim("record_corrections"."because")) > 0)),
	CONSTRAINT "record_corrections_not_own" CHECK ("record_corrections"."answered_by" is null or "record_corrections"."answered_by" <> "record_corrections"."person_id")
);
--> statement-breakpoint
CREATE TABLE "record_looks" (
	"person_id" uuid NOT NULL,
	"viewer_id" uuid NOT NULL,
	"day" date NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_looks_person_id_day_viewer_id_pk" PRIMARY KEY("person_id","day","viewer_id"),
	CONSTRAINT "record_looks_of_others" CHECK ("record_looks"."person_id" <> "record_looks"."viewer_id"),
	CONSTRAINT "record_looks_count" CHECK ("record_looks"."count" > 0 and "record_looks"."first_at" <= "record_looks"."last_at")
);
--> statement-breakpoint
ALTER TABLE "certificate_keys" ADD CONSTRAINT "certificate_keys_retired_by_people_id_fk" FOREIGN KEY ("retired_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_marks" ADD CONSTRAINT "certificate_marks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_marks" ADD CONSTRAINT "certificate_marks_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_marks" ADD CONSTRAINT "certificate_marks_template_id_certificate_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."certificate_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_serials" ADD CONSTRAINT "certificate_serials_template_id_certificate_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."certificate_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_subjects" ADD CONSTRAINT "certificate_subjects_template_id_certificate_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."certificate_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_template_versions" ADD CONSTRAINT "certificate_template_versions_template_id_certificate_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."certificate_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_template_versions" ADD CONSTRAINT "certificate_template_versions_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_templates" ADD CONSTRAINT "certificate_templates_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_templates" ADD CONSTRAINT "certificate_templates_current_version_id_certificate_template_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."certificate_template_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_templates" ADD CONSTRAINT "certificate_templates_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_template_id_certificate_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."certificate_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_version_id_certificate_template_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."certificate_template_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_follows_certificates_id_fk" FOREIGN KEY ("follows") REFERENCES "public"."certificates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_key_id_certificate_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."certificate_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_corrections" ADD CONSTRAINT "record_corrections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_corrections" ADD CONSTRAINT "record_corrections_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_looks" ADD CONSTRAINT "record_looks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_looks" ADD CONSTRAINT "record_looks_viewer_id_people_id_fk" FOREIGN KEY ("viewer_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_keys_one_active" ON "certificate_keys" USING btree ((true)) WHERE "certificate_keys"."retired_at" is null;--> statement-breakpoint
CREATE INDEX "certificate_subjects_subject" ON "certificate_subjects" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_template_versions_number" ON "certificate_template_versions" USING btree ("template_id","number");--> statement-breakpoint
CREATE INDEX "certificate_templates_unit" ON "certificate_templates" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "certificate_templates_on" ON "certificate_templates" USING btree ("kind") WHERE "certificate_templates"."issues_from" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_one_valid" ON "certificates" USING btree ("person_id","kind","subject_id",coalesce("period_on", 'epoch'::date)) WHERE "certificates"."revoked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_serial" ON "certificates" USING btree ("template_id","year","serial");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_follows" ON "certificates" USING btree ("follows");--> statement-breakpoint
CREATE INDEX "certificates_person" ON "certificates" USING btree ("person_id","issued_at");--> statement-breakpoint
CREATE INDEX "certificates_issued" ON "certificates" USING btree ("issued_at","id");--> statement-breakpoint
CREATE INDEX "certificates_subject" ON "certificates" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "record_corrections_person" ON "record_corrections" USING btree ("person_id","asked_at");--> statement-breakpoint
CREATE INDEX "record_corrections_asked" ON "record_corrections" USING btree ("asked_at") WHERE "record_corrections"."state" = 'asked';--> statement-breakpoint

-- What was printed stays as it was printed: a template gets another version, a certificate is revoked once and otherwise never changed.
CREATE TRIGGER certificate_template_versions_frozen BEFORE UPDATE OR DELETE ON certificate_template_versions
	FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE FUNCTION refuse_change_of_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.revoked_at IS NOT NULL
		OR (to_jsonb(OLD) - '{revoked_at,revoked_by,revoked_ground,revoked_because}'::text[])
			IS DISTINCT FROM (to_jsonb(NEW) - '{revoked_at,revoked_by,revoked_ground,revoked_because}'::text[])
	THEN
		RAISE EXCEPTION '% of % is refused: a certificate can only be revoked', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER certificates_frozen BEFORE UPDATE OR DELETE ON certificates
	FOR EACH ROW EXECUTE FUNCTION refuse_change_of_certificate();--> statement-breakpoint

-- Numbers are given out one after the other, never back and never twice.
CREATE FUNCTION refuse_serial_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR NEW.last < OLD.last OR (NEW.template_id, NEW.year) IS DISTINCT FROM (OLD.template_id, OLD.year) THEN
		RAISE EXCEPTION 'numbers of certificates only go forward' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER certificate_serials_forward BEFORE UPDATE OR DELETE ON certificate_serials
	FOR EACH ROW EXECUTE FUNCTION refuse_serial_gap();--> statement-breakpoint

-- A public key can be asked for as long as there are certificates: it is retired, not removed.
CREATE TRIGGER certificate_keys_kept BEFORE DELETE ON certificate_keys FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER certificate_keys_retired_once BEFORE UPDATE ON certificate_keys
	FOR EACH ROW WHEN (OLD.retired_at IS NOT NULL OR OLD.public_key <> NEW.public_key) EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- That somebody looked is never taken back; more looks of the same day are counted.
CREATE TRIGGER record_looks_kept BEFORE DELETE ON record_looks FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER record_looks_counted BEFORE UPDATE ON record_looks
	FOR EACH ROW WHEN (NEW.count <= OLD.count OR NEW.first_at <> OLD.first_at OR NEW.viewer_id <> OLD.viewer_id OR NEW.person_id <> OLD.person_id)
	EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER record_corrections_answered_once BEFORE UPDATE OR DELETE ON record_corrections
	FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION refuse_change();
