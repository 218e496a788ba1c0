-- The second step of a login: a code of an app on the person's telephone (RFC 6238), or one of a list that they keep.
create table second_factor (
    user_id   varchar(64)  primary key references staff_account (user_id),
    key_id    varchar(20)  not null,       -- which of DIADROMI_DATA_KEYS
    secret    varchar(200) not null,       -- encrypted
    since     timestamp    not null,
    last_step bigint       not null        -- of the newest code that was taken: none is taken twice
);
create table recovery_code (
    user_id varchar(64) not null references second_factor (user_id) on delete cascade,
    hash    varchar(64) not null,
    primary key (user_id, hash)
);
