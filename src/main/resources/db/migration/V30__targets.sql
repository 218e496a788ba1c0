-- What a centre wants to achieve in a stage: at most so many days, in so many of a hundred cases.
create table stage_target (
    centre_id varchar(32) not null references centre (id),
    stage     varchar(30) not null,
    days      integer     not null check (days between 1 and 3650),
    percent   integer     not null check (percent between 1 and 100),
    primary key (centre_id, stage)
);

-- Of which cases the coordinators have been told that they come near a target, so that nobody is told twice. Like the facts it
-- knows the case by its number and nothing of the person.
create table target_alert (
    case_id bigint      not null,
    stage   varchar(30) not null,
    told_at timestamp   not null,
    primary key (case_id, stage)
);
