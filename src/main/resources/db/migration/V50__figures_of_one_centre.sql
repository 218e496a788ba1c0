-- Figures of one centre, without a look at the rows of all.

-- Which centre worked the hours, and when.
alter table counselling_session add column centre_id varchar(32) references centre (id);
alter table counselling_session add column held_on date;
update counselling_session set
    centre_id = (select c.centre_id from case_fact c where c.case_id = coalesce(counselling_session.fact_id, counselling_session.case_id)),
    held_on = (select cast(a.starts_at as date) from appointment a where a.id = counselling_session.appointment_id);
alter table counselling_session alter column centre_id set not null;
alter table counselling_session alter column held_on set not null;
create index counselling_session_held on counselling_session (centre_id, held_on, outcome, funding_line, contact_minutes, preparation_minutes);
create index counselling_session_recorded on counselling_session (centre_id, recorded_at);

alter table enrolment add column centre_id varchar(32) references centre (id);
update enrolment set
    centre_id = (select c.centre_id from case_fact c where c.case_id = coalesce(enrolment.fact_id, enrolment.case_id));
alter table enrolment alter column centre_id set not null;
create index enrolment_centre on enrolment (centre_id, ends_on);

-- Who came to a stage at any time.
create index stage_fact_entered on stage_fact (centre_id, stage, entered_at, case_id);
