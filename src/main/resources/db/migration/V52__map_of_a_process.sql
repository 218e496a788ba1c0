-- What the map of a process says of a step is read from the index alone.
drop index task_fact_ended;
create index task_fact_ended on task_fact (
    centre_id, ended_at, process, task_key, ended_how, days, assignee, waiting_days, due_at, case_id);
