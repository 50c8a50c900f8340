ALTER TABLE "grants" ADD COLUMN "lent_by_grant_id" uuid;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_lent_by_grant_id_grants_id_fk" FOREIGN KEY ("lent_by_grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "posts_kind" ON "posts" USING btree ("kind","starts_on","person_id");--> statement-breakpoint
CREATE INDEX "grants_lent" ON "grants" USING btree ("lent_by_grant_id") WHERE "grants"."lent_by_grant_id" is not null;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_lent_ends" CHECK ("grants"."lent_by_grant_id" is null or "grants"."ends_on" is not null);--> statement-breakpoint
-- What is lent is never wider or longer than what it is lent from, lasts at most a year, and is never lent again.
CREATE FUNCTION keep_loan_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own grants%ROWTYPE;
BEGIN
	SELECT * INTO own FROM grants WHERE id = NEW.lent_by_grant_id FOR SHARE;
	IF own.lent_by_grant_id IS NOT NULL OR own.revoked_at IS NOT NULL OR own.role <> NEW.role OR own.person_id = NEW.person_id
		OR NEW.starts_on < own.starts_on OR NEW.ends_on > coalesce(own.ends_on, NEW.ends_on) OR NEW.ends_on > NEW.starts_on + interval '12 months'
		OR NOT EXISTS (SELECT 1 FROM units held JOIN units lent ON lent.path <@ held.path WHERE held.id = own.unit_id AND lent.id = NEW.unit_id) THEN
		RAISE EXCEPTION 'a loan goes beyond the grant that it is lent from' USING ERRCODE = 'check_violation', CONSTRAINT = 'grants_lent_within';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER grants_lent_within BEFORE INSERT ON grants
	FOR EACH ROW WHEN (NEW.lent_by_grant_id IS NOT NULL) EXECUTE FUNCTION keep_loan_within();--> statement-breakpoint
-- It ends with the grant that it is lent from, whoever ends that one and how.
CREATE FUNCTION end_loans_with_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE grants SET revoked_at = NEW.revoked_at, revoked_by = NEW.revoked_by
		WHERE lent_by_grant_id = NEW.id AND revoked_at IS NULL AND NEW.revoked_at IS NOT NULL;
	UPDATE grants SET ends_on = greatest(NEW.ends_on, starts_on + 1)
		WHERE lent_by_grant_id = NEW.id AND revoked_at IS NULL AND ends_on > NEW.ends_on;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER grants_end_loans AFTER UPDATE OF revoked_at, ends_on ON grants
	FOR EACH ROW WHEN (OLD.lent_by_grant_id IS NULL) EXECUTE FUNCTION end_loans_with_grant();
