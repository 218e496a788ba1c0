-- The files that came with a version of the business plan.
create table plan_document (
    case_id      bigint  not null references case_file (id),
    plan_version integer not null,
    document_id  bigint  not null references document (id) on delete cascade,
    primary key (document_id, plan_version)
);
create index plan_document_case on plan_document (case_id, plan_version);

-- Empty where the person of the case sent the file themselves.
alter table document alter column uploaded_by drop not null;

-- A mail whose point has passed before it could go out is dropped. The check had no name by which it could be changed.
alter table outbox_mail add column kept_status varchar(10);
update outbox_mail set kept_status = status;
drop index outbox_mail_due;
drop index outbox_mail_centre;
alter table outbox_mail drop column status;
alter table outbox_mail add column status varchar(10) default 'SENT' not null;
update outbox_mail set status = kept_status;
alter table outbox_mail drop column kept_status;
alter table outbox_mail alter column status drop default;
alter table outbox_mail add constraint outbox_mail_status
    check (status in ('PENDING', 'SENDING', 'SENT', 'FAILED', 'DROPPED'));
create index outbox_mail_due on outbox_mail (status, next_attempt);
create index outbox_mail_centre on outbox_mail (centre_id, status, id);
