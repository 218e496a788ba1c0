-- Figures of one centre, without a look at the rows of all.

-- Which centre worked the hours, and when. The references come last, so that H2 makes no indexes of its own for them.
alter table counselling_session add column centre_id varchar(32);
alter table counselling_session add column held_on date;
update counselling_session set
    centre_id = (select c.centre_id from case_fact c where c.case_id = coalesce(counselling_session.fact_id, counselling_session.case_id)),
    held_on = (select cast(a.starts_at as date) from appointment a where a.id = counselling_session.appointment_id);
alter table counselling_session alter column centre_id set not null;
alter table counselling_session alter column held_on set not null;
create index counselling_session_held on counselling_session (centre_id, held_on, outcome, funding_line, contact_minutes, preparation_minutes);
create index counselling_session_recorded on counselling_session (centre_id, recorded_at);
alter table counselling_session add constraint counselling_session_centre foreign key (centre_id) references centre (id);

alter table enrolment add column centre_id varchar(32);
update enrolment set
    centre_id = (select c.centre_id from case_fact c where c.case_id = coalesce(enrolment.fact_id, enrolment.case_id));
alter table enrolment alter column centre_id set not null;
create index enrolment_ended on enrolment (centre_id, ends_on);
alter table enrolment add constraint enrolment_centre foreign key (centre_id) references centre (id);

-- Who came to a stage at any time.
create index stage_fact_entered on stage_fact (centre_id, stage, entered_at, case_id);
