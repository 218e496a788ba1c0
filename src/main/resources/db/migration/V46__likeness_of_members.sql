-- Whether it is a member of the team who has the trait, not the person of the case: two cases of one team are not one person's.
alter table case_likeness add column of_member boolean default false not null;
-- The kinds of likeness are one more.
alter table case_double alter column alike set data type varchar(40);
