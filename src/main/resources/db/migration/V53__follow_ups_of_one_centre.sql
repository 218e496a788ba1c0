-- What ventures told one centre, without a look at the rows of all.

alter table follow_up add column centre_id varchar(32);
alter table follow_up add column fact_id bigint;
-- A venture's case goes nowhere, unless it went into another case that does: its facts are then with the centre that had it, under the
-- last of the ids that such facts were given, which count down.
update follow_up set fact_id = (
    select min(t.fact_id) from case_transfer t join case_fact c on c.case_id = t.fact_id where t.case_id = follow_up.case_id)
where not exists (select 1 from case_fact c where c.case_id = follow_up.case_id);
update follow_up set centre_id = coalesce(
    (select c.centre_id from case_fact c where c.case_id = coalesce(follow_up.fact_id, follow_up.case_id)),
    (select c.centre_id from case_file c where c.id = follow_up.case_id));
alter table follow_up alter column centre_id set not null;
create index follow_up_recorded on follow_up (
    centre_id, recorded_at, follow_up_month, status, case_id, fact_id, jobs_full, jobs_part, jobs_women, jobs_target);
alter table follow_up add constraint follow_up_centre foreign key (centre_id) references centre (id);
