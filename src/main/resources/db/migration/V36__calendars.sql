-- How often the appointment's time has changed: the SEQUENCE of its calendar entry.
alter table appointment add column revision integer default 0 not null;

-- Whether a counsellor is free is asked with each appointment.
create index appointment_counsellor on appointment (counsellor, starts_at);
create index appointment_time on appointment (starts_at);

-- When a counsellor receives people at a centre, week by week; each appointment takes so many minutes.
create table counsellor_hours (
    user_id   varchar(64) not null references staff_account (user_id),
    centre_id varchar(32) not null references centre (id),
    weekday   integer     not null check (weekday between 1 and 7),  -- 1 is Monday
    from_time time        not null,
    to_time   time        not null,
    minutes   integer     not null check (minutes between 15 and 240),
    primary key (user_id, centre_id, weekday, from_time),
    check (from_time < to_time)
);

-- The address at which a calendar program reads one's own appointments. The token itself is in that program only.
create table calendar_feed (
    user_id    varchar(64) primary key references staff_account (user_id),
    token_hash varchar(64) not null unique,               -- SHA-256 in hexadecimal
    made_at    timestamp   not null
);
