-- What was sent back or missed is little among all that was done.
create index task_fact_outcome on task_fact (outcome, centre_id, ended_at);
