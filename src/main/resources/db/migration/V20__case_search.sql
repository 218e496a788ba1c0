-- The words by which a case is found, without accents, case and final sigma, as UTF-8: bytes are in the same order in
-- every database, whatever language it sorts by.
create table case_word (
    case_id   bigint      not null references case_file (id),
    centre_id varchar(32) not null references centre (id),
    word      bytea       not null,
    primary key (case_id, word)
);
create index case_word_centre on case_word (centre_id, word, case_id);

-- The list of cases: the newest of a centre, those of a counsellor, those in which somebody has a task.
create index case_file_opened on case_file (centre_id, opened_at, id);
create index case_file_counsellor on case_file (centre_id, counsellor);
create index task_fact_assignee on task_fact (assignee, ended_at);
