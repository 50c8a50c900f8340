-- Until it is signed a result follows an exam whose points were corrected after it was drafted; whose it is and where it stands never changes.
DROP TRIGGER assessment_results_inputs ON assessment_results;--> statement-breakpoint
DROP TRIGGER assessment_results_frozen ON assessment_results;--> statement-breakpoint
CREATE TRIGGER assessment_results_whose BEFORE UPDATE OF cycle_id, person_id, year, unit_id, place, scheme_id ON assessment_results FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER assessment_results_frozen AFTER UPDATE ON assessment_results REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_results('drafting drafted unit-review hr-review published');
