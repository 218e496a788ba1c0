-- By what a person may be recognised when they come again: phone, mail, and how the name sounds, together with the municipality.
create table case_likeness (
    case_id   bigint       not null references case_file (id),
    centre_id varchar(32)  not null references centre (id),
    kind      varchar(5)   not null check (kind in ('PHONE', 'MAIL', 'NAME')),
    trait     varchar(300) not null,
    primary key (case_id, kind, trait)
);
create index case_likeness_trait on case_likeness (centre_id, trait, case_id);

-- Two cases that may be of the same person, each as a row of either, so that either finds the other and takes its row along when
-- it is erased; and what staff decided of them.
create table case_double (
    case_id      bigint      not null references case_file (id),
    like_case_id bigint      not null,
    centre_id    varchar(32) not null references centre (id),
    alike        varchar(20) not null,                        -- the kinds of likeness, with commas
    noticed_at   timestamp   not null,
    decision     varchar(5)  check (decision in ('OTHER', 'SAME')),
    decided_by   varchar(64),
    decided_at   timestamp,
    primary key (case_id, like_case_id)
);
create index case_double_other on case_double (like_case_id);
create index case_double_open on case_double (centre_id, decision, case_id);

-- The case in which the person's story goes on, once two have turned out to be one.
alter table case_file add column merged_into bigint references case_file (id);
alter table case_file add column merged_at timestamp;
create index case_file_merged on case_file (merged_into);
