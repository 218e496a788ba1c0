-- The map of one process reads the steps of that process only; what asks for all of them gets smaller rows.
drop index task_fact_ended;
create index task_fact_ended on task_fact (centre_id, ended_at, task_key, ended_how, days, assignee);
create index task_fact_process on task_fact (
    centre_id, process, ended_at, task_key, ended_how, days, waiting_days, due_at, case_id);
