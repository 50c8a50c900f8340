DROP INDEX "hour_entries_once";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "room_secret" text;--> statement-breakpoint
ALTER TABLE "hour_entries" ADD COLUMN "number" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "hour_entries_once" ON "hour_entries" USING btree ("person_id","source","source_id","number") WHERE "hour_entries"."reverses" is null;--> statement-breakpoint
ALTER TABLE "event_participants" ADD CONSTRAINT "event_participants_declined" CHECK ("event_participants"."state" <> 'declined' or length(btrim("event_participants"."declined_because")) > 0);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_room" CHECK (not "events"."room_code" or "events"."room_secret" is not null);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_opened" CHECK (("events"."state" <> 'planned' or "events"."opened_at" is null) and ("events"."state" not in ('open', 'held', 'closed') or "events"."opened_at" is not null));--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_held" CHECK (("events"."state" not in ('planned', 'open') or "events"."held_at" is null) and ("events"."state" not in ('held', 'closed') or "events"."held_at" is not null));--> statement-breakpoint
ALTER TABLE "external_trainings" ADD CONSTRAINT "external_trainings_because" CHECK ("external_trainings"."state" not in ('refused', 'revoked') or length(btrim("external_trainings"."decided_because")) > 0);--> statement-breakpoint
-- An event goes its way in one direction; see events/event-state.ts.
CREATE FUNCTION refuse_event_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (OLD.state::text || '>' || NEW.state::text) NOT IN (
		'planned>open', 'open>held', 'held>closed', 'planned>cancelled', 'open>cancelled'
	) THEN
		RAISE EXCEPTION 'an event does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER events_transition BEFORE UPDATE ON events
	FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION refuse_event_transition();--> statement-breakpoint

-- While people still answer, nobody takes a seat that the event does not have. Whoever turns up on the day is entered all the same.
CREATE FUNCTION refuse_seat_beyond_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	seats integer;
BEGIN
	SELECT capacity INTO seats FROM events WHERE id = NEW.event_id AND state IN ('planned', 'open') FOR UPDATE;
	IF seats IS NOT NULL
		AND (SELECT count(*) FROM event_participants WHERE event_id = NEW.event_id AND state = 'coming' AND person_id <> NEW.person_id) >= seats
	THEN
		RAISE EXCEPTION 'the event has no seat left' USING ERRCODE = 'check_violation', CONSTRAINT = 'event_participants_seats';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER event_participants_seats BEFORE INSERT OR UPDATE OF state ON event_participants
	FOR EACH ROW WHEN (NEW.state = 'coming') EXECUTE FUNCTION refuse_seat_beyond_capacity();--> statement-breakpoint

-- Nobody sits in two sessions of one event at once. Checked at the end of the transaction: sessions may change places within it.
ALTER TABLE event_sessions ADD CONSTRAINT event_sessions_no_overlap
	EXCLUDE USING gist (event_id WITH =, tstzrange(starts_at, ends_at) WITH &&) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint

-- What was decided about training elsewhere is decided; only what was confirmed can be revoked.
CREATE TRIGGER external_trainings_decided BEFORE UPDATE OR DELETE ON external_trainings
	FOR EACH ROW WHEN (OLD.state IN ('refused', 'revoked')) EXECUTE FUNCTION refuse_change();
