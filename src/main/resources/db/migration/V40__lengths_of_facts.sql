-- How long each thing took that has ended, without pauses: written by the statement that ends it (supervision.Facts), so that a figure
-- need not look for the pauses of every row of its period.

alter table case_fact add column days double precision;          -- from opening to closing; null while it is open
alter table stage_fact add column days double precision;         -- from entering to leaving
alter table task_fact add column days double precision;          -- from beginning to end
alter table task_fact add column waiting_days double precision;  -- of these, up to the first claim; null where nobody took it on

update case_fact set days = (select ((extract(epoch from (r.closed_at - r.opened_at)) - coalesce((
    select sum(extract(epoch from (least(coalesce(p.resumed_at, r.closed_at), r.closed_at) - greatest(p.paused_at, r.opened_at))))
    from pause_fact p
    where p.case_id = r.case_id and p.paused_at < r.closed_at and coalesce(p.resumed_at, r.closed_at) > r.opened_at), 0)) / 86400.0) from case_fact r where r.case_id = case_fact.case_id)
where closed_at is not null;

update stage_fact set days = (select ((extract(epoch from (r.left_at - r.entered_at)) - coalesce((
    select sum(extract(epoch from (least(coalesce(p.resumed_at, r.left_at), r.left_at) - greatest(p.paused_at, r.entered_at))))
    from pause_fact p
    where p.case_id = r.case_id and p.paused_at < r.left_at and coalesce(p.resumed_at, r.left_at) > r.entered_at), 0)) / 86400.0) from stage_fact r where r.id = stage_fact.id)
where left_at is not null;

update task_fact set days = (select ((extract(epoch from (r.ended_at - r.created_at)) - coalesce((
    select sum(extract(epoch from (least(coalesce(p.resumed_at, r.ended_at), r.ended_at) - greatest(p.paused_at, r.created_at))))
    from pause_fact p
    where p.case_id = r.case_id and p.paused_at < r.ended_at and coalesce(p.resumed_at, r.ended_at) > r.created_at), 0)) / 86400.0) from task_fact r where r.task_id = task_fact.task_id),
waiting_days = (select ((extract(epoch from (r.claimed_at - r.created_at)) - coalesce((
    select sum(extract(epoch from (least(coalesce(p.resumed_at, r.claimed_at), r.claimed_at) - greatest(p.paused_at, r.created_at))))
    from pause_fact p
    where p.case_id = r.case_id and p.paused_at < r.claimed_at and coalesce(p.resumed_at, r.claimed_at) > r.created_at), 0)) / 86400.0) from task_fact r where r.task_id = task_fact.task_id)
where ended_at is not null;

-- What is open and what ended in a period, of some centres, without a look at the rows of other times.
create index case_fact_closed on case_fact (centre_id, closed_at);
drop index stage_fact_left;
create index stage_fact_left on stage_fact (centre_id, left_at, stage, outcome, days);
drop index task_fact_ended;
create index task_fact_ended on task_fact (centre_id, ended_at, process, task_key, ended_how, days);
