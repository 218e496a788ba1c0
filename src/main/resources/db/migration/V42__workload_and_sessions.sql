-- Who says which counsellor has a new case: the staff, or the application by itself.
alter table centre add column assigning varchar(10) default 'STAFF' not null check (assigning in ('STAFF', 'SELF'));

-- In which areas of counselling somebody works at a centre; none: in all.
create table staff_area (
    user_id   varchar(64) not null references staff_account (user_id),
    centre_id varchar(32) not null references centre (id),
    area      varchar(30) not null,                      -- as the form of a session names it
    primary key (user_id, centre_id, area)
);

-- Since when the counsellor has the case; null where that was before it was kept, or nobody has it.
alter table case_fact add column counsellor_since timestamp;

-- What a session came to, besides its note.
alter table counselling_session add column goals_reached varchar(1000);
alter table counselling_session add column next_step_due date;

-- The session to which a file belongs; null for a file of the case.
alter table document add column session_id bigint references counselling_session (id);
create index document_session on document (session_id);
