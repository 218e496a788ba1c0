-- What a person says of belonging to a vulnerable or special group (law 4430/2016 art. 2): health, sentences, violence, origin.
-- Each answer is encrypted by itself (docs/adr/0015); even "not asked" is, so that nothing shows who belongs where.
create table sensitive_data (
    case_id            bigint       primary key references case_file (id),
    key_id             varchar(20)  not null,           -- which of DIADROMI_DATA_KEYS
    disability         varchar(100) not null,
    addiction          varchar(100) not null,
    imprisonment       varchar(100) not null,
    juvenile_offence   varchar(100) not null,
    violence           varchar(100) not null,
    homelessness       varchar(100) not null,
    poverty            varchar(100) not null,
    economic_migration varchar(100) not null,
    refuge             varchar(100) not null,
    single_parent      varchar(100) not null,
    culture            varchar(100) not null,
    long_unemployment  varchar(100) not null,
    recorded_by        varchar(64)  not null,
    recorded_at        timestamp    not null,
    version            integer      not null
);
