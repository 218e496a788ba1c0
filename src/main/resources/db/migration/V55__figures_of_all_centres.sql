-- The map of one process reads the steps of that process only; what asks for all of them no longer reads what only the map needs.
drop index task_fact_ended;
create index task_fact_ended on task_fact (centre_id, ended_at, task_key, ended_how, days, assignee, due_at, case_id);
create index task_fact_process on task_fact (
    centre_id, process, ended_at, task_key, ended_how, days, waiting_days, due_at, case_id);

-- Which source led to what, and how often it was decided as advised, come from indexes alone too.
drop index case_fact_centre;
create index case_fact_centre on case_fact (centre_id, opened_at, outcome, case_id, source);
drop index suitability_fact_decided;
create index suitability_fact_decided on suitability_fact (centre_id, decided_at, advice, decision);
