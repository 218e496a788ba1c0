-- Who completed how many tasks in a period, from the index alone: the rows of one centre lie all over the table.
drop index task_fact_ended;
create index task_fact_ended on task_fact (centre_id, ended_at, process, task_key, ended_how, days, assignee);
