-- What each centre settles for itself, besides what it has already.
alter table centre add column address varchar(300);
alter table centre add column sender_name varchar(200);          -- in mails; the centre's name where empty
alter table centre add column sender_address varchar(200);       -- in mails; the installation's where empty
alter table centre add column signature_en varchar(1000);
alter table centre add column teams_min integer default 3 not null;
alter table centre add column teams_max integer default 6 not null;
alter table centre add column training_hours integer;            -- what attendance is measured against; all modules where empty

-- Closed on the day, closed every year on that day, or open though the country has a holiday.
alter table centre_closure add column kind varchar(10) default 'CLOSED' not null check (kind in ('CLOSED', 'YEARLY', 'OPEN'));
