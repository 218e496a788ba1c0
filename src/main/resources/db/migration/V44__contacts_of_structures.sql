-- Whom else to ask for at a local structure; the one who gets the referrals stands with the structure itself.
create table structure_contact (
    structure_id  bigint       not null references local_structure (id) on delete cascade,
    place         integer      not null,
    contact_name  varchar(200) not null,
    contact_role  varchar(200),
    contact_phone varchar(30),
    contact_email varchar(200),
    primary key (structure_id, place)
);
