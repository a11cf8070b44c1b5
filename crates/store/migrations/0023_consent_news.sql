-- Of a caseworker's hundreds of plans few have news of a consent. The caseload's line tells which may, so that only those are looked up.

ALTER TABLE plan_summary ADD COLUMN first_consent_news {text};
ALTER TABLE plan_summary ADD COLUMN last_consent_news {text};

-- sqlite:
UPDATE plan_summary SET first_consent_news = n.first, last_consent_news = n.last FROM (
    SELECT plan_id, MIN(ends) AS first, MAX(ends) AS last FROM (
        SELECT plan_id, CASE
            WHEN status = 'given' THEN until
            WHEN status = 'declined' THEN MIN(until, date(said ->> '$.answer.on', '+14 days'))
            WHEN status = 'withdrawn' AND said ->> '$.answer.on' IS NOT NULL THEN MIN(until, date(said ->> '$.end.on', '+14 days'))
        END AS ends FROM consent
    ) WHERE ends IS NOT NULL GROUP BY plan_id
) n WHERE n.plan_id = plan_summary.plan_id;
DROP INDEX plan_summary_coordinator;
CREATE INDEX plan_summary_coordinator ON plan_summary (
    coordinator_id, plan_id, citizen_id, core_task, opened, closed, coordinator_from, previous_coordinator_id, has_employment_goal,
    last_company_contact, first_booked, last_booked, last_held, next_step, next_step_due, earliest_due, waits_citizen, waits_employee,
    open_questions, unread_messages, first_consent_news, last_consent_news, unit_id, name, phone, birth_date
) WHERE closed IS NULL;

-- postgres:
UPDATE plan_summary SET first_consent_news = n.first, last_consent_news = n.last FROM (
    SELECT plan_id, MIN(ends) AS first, MAX(ends) AS last FROM (
        SELECT plan_id, CASE
            WHEN status = 'given' THEN until
            WHEN status = 'declined' THEN LEAST(until, to_char((said::jsonb -> 'answer' ->> 'on')::date + 14, 'YYYY-MM-DD'))
            WHEN status = 'withdrawn' AND said::jsonb -> 'answer' ->> 'on' IS NOT NULL
                THEN LEAST(until, to_char((said::jsonb -> 'end' ->> 'on')::date + 14, 'YYYY-MM-DD'))
        END AS ends FROM consent
    ) e WHERE ends IS NOT NULL GROUP BY plan_id
) n WHERE n.plan_id = plan_summary.plan_id;
