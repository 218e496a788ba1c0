-- A mail is kept once, as its text and the language it is in; its HTML is made of these when it goes out or is looked at.
alter table outbox_mail add column language varchar(2) default 'el' not null;
update outbox_mail set language = 'en' where body_html like '%<html lang="en"%';
alter table outbox_mail alter column language drop default;
alter table outbox_mail drop column body_html;
