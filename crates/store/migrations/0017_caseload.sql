-- A caseload's line holds whose it is, so that a page of 400 citizens reads 400 rows that lie side by side and nothing else. The citizen's own row stays
-- what counts: these are copies, kept by the two rules below whoever writes, and `tovholder verify` compares them.
ALTER TABLE plan_summary ADD COLUMN unit_id {uuid};
ALTER TABLE plan_summary ADD COLUMN name {text} NOT NULL DEFAULT '';
ALTER TABLE plan_summary ADD COLUMN phone {text} NOT NULL DEFAULT '';  -- empty for a protected citizen
ALTER TABLE plan_summary ADD COLUMN birth_date {text} NOT NULL DEFAULT '';
UPDATE plan_summary SET unit_id = c.unit_id, name = c.name, phone = CASE WHEN c.protected THEN '' ELSE c.phone END, birth_date = c.birth_date
    FROM citizen c WHERE c.id = plan_summary.citizen_id;
CREATE INDEX plan_summary_unit ON plan_summary (unit_id) WHERE closed IS NULL;

-- sqlite:
CREATE TRIGGER plan_summary_takes_citizen AFTER INSERT ON plan_summary BEGIN
    UPDATE plan_summary SET unit_id = c.unit_id, name = c.name, phone = CASE WHEN c.protected THEN '' ELSE c.phone END, birth_date = c.birth_date
        FROM citizen c WHERE c.id = NEW.citizen_id AND plan_summary.plan_id = NEW.plan_id;
END;
CREATE TRIGGER citizen_gives_plan_summary AFTER UPDATE OF unit_id, name, phone, birth_date, protected ON citizen
WHEN NEW.unit_id <> OLD.unit_id OR NEW.name <> OLD.name OR NEW.phone <> OLD.phone OR NEW.birth_date <> OLD.birth_date OR NEW.protected <> OLD.protected BEGIN
    UPDATE plan_summary SET unit_id = NEW.unit_id, name = NEW.name, phone = CASE WHEN NEW.protected THEN '' ELSE NEW.phone END, birth_date = NEW.birth_date
        WHERE citizen_id = NEW.id;
END;

-- The whole line, so that the table is not asked at all. PostgreSQL keeps the narrow index: its index rows may not be longer than a third of a page.
DROP INDEX plan_summary_coordinator;
CREATE INDEX plan_summary_coordinator ON plan_summary (
    coordinator_id, plan_id, citizen_id, core_task, opened, closed, coordinator_from, previous_coordinator_id, has_employment_goal,
    last_company_contact, first_booked, last_booked, last_held, next_step, next_step_due, earliest_due, waits_citizen, waits_employee,
    open_questions, unread_messages, unit_id, name, phone, birth_date
) WHERE closed IS NULL;

-- postgres:
CREATE FUNCTION plan_summary_takes_citizen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    SELECT c.unit_id, c.name, CASE WHEN c.protected THEN '' ELSE c.phone END, c.birth_date INTO NEW.unit_id, NEW.name, NEW.phone, NEW.birth_date
        FROM citizen c WHERE c.id = NEW.citizen_id;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_summary_takes_citizen BEFORE INSERT ON plan_summary FOR EACH ROW EXECUTE FUNCTION plan_summary_takes_citizen();
CREATE FUNCTION citizen_gives_plan_summary() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE plan_summary SET unit_id = NEW.unit_id, name = NEW.name, phone = CASE WHEN NEW.protected THEN '' ELSE NEW.phone END, birth_date = NEW.birth_date
        WHERE citizen_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER citizen_gives_plan_summary AFTER UPDATE OF unit_id, name, phone, birth_date, protected ON citizen FOR EACH ROW
WHEN (NEW.unit_id <> OLD.unit_id OR NEW.name <> OLD.name OR NEW.phone <> OLD.phone OR NEW.birth_date <> OLD.birth_date OR NEW.protected <> OLD.protected)
EXECUTE FUNCTION citizen_gives_plan_summary();
-- both:
