-- How far cases came, and what was sent back or missed, is counted from an index alone.

-- When the case of a stage was opened, at its first time in this stage; null at later ones, so that each case counts once.
alter table stage_fact add column opened_at timestamp;
update stage_fact set opened_at = (select c.opened_at from case_fact c where c.case_id = stage_fact.case_id)
where not exists (
    select 1 from stage_fact e where e.case_id = stage_fact.case_id and e.stage = stage_fact.stage and e.id < stage_fact.id);
create index stage_fact_opened on stage_fact (centre_id, opened_at, stage, case_id);

drop index task_fact_outcome;
create index task_fact_outcome on task_fact (outcome, centre_id, ended_at, ended_how, task_key, case_id);
