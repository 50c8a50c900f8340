-- What the table definitions cannot say: no overlapping periods, nothing frozen is ever changed, names in the order of pinyin.

ALTER TABLE posts ADD CONSTRAINT posts_one_primary
	EXCLUDE USING gist (person_id WITH =, daterange(starts_on, ends_on) WITH &&) WHERE ("primary");--> statement-breakpoint
ALTER TABLE unit_periods ADD CONSTRAINT unit_periods_no_overlap
	EXCLUDE USING gist (unit_id WITH =, daterange(starts_on, ends_on) WITH &&);--> statement-breakpoint
ALTER TABLE grants ADD CONSTRAINT grants_one_live
	EXCLUDE USING gist (person_id WITH =, role WITH =, unit_id WITH =, daterange(starts_on, ends_on) WITH &&) WHERE (revoked_at IS NULL);--> statement-breakpoint

CREATE INDEX people_by_name ON people (name COLLATE "zh-x-icu", id);--> statement-breakpoint
CREATE INDEX people_by_staff_number ON people ((staff_number::text COLLATE "C"), id);--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% of % is refused: these rows are never changed', tg_op, tg_table_name USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint

CREATE TRIGGER audit_entries_frozen BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_links_frozen BEFORE UPDATE OR DELETE ON audit_links FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER course_versions_frozen BEFORE UPDATE OR DELETE ON course_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER lesson_versions_frozen BEFORE UPDATE OR DELETE ON lesson_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER question_versions_frozen BEFORE UPDATE OR DELETE ON question_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER lesson_completions_frozen BEFORE UPDATE OR DELETE ON lesson_completions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER course_completions_frozen BEFORE UPDATE OR DELETE ON course_completions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER hour_entries_frozen BEFORE UPDATE OR DELETE ON hour_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_amendments_frozen BEFORE UPDATE OR DELETE ON assessment_amendments FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_results_frozen BEFORE UPDATE OR DELETE ON assessment_results FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER mastery_checks_frozen BEFORE UPDATE OR DELETE ON mastery_checks FOR EACH ROW WHEN (OLD.status <> 'open') EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER mastery_check_questions_marked_once BEFORE UPDATE ON mastery_check_questions FOR EACH ROW WHEN (OLD.correct IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER mastery_check_questions_kept BEFORE DELETE ON mastery_check_questions FOR EACH ROW EXECUTE FUNCTION refuse_change();
