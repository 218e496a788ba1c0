-- In which language each member of staff reads the application's pages until they choose another.
alter table staff_account add column language varchar(2) default 'el' not null check (language in ('el', 'en'));
