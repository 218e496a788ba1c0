-- A mail is kept once, as its text, the language it is in and the centre that wrote it; its HTML is made of these when it goes out or is
-- looked at.
alter table outbox_mail add column language varchar(2) default 'el' not null;
update outbox_mail set language = 'en' where body_html like '%<html lang="en"%';
alter table outbox_mail alter column language drop default;
alter table outbox_mail add column writing_centre_id varchar(32);
update outbox_mail set writing_centre_id = coalesce(
    (select t.from_centre from case_transfer t
     where t.case_id = outbox_mail.case_id and t.transfer_answer = 'ACCEPTED' and t.answered_at > outbox_mail.created_at
     order by t.answered_at fetch first 1 rows only),
    centre_id);
alter table outbox_mail alter column writing_centre_id set not null;
alter table outbox_mail drop column body_html;
