-- The page of a centre's mails reads the newest of them, and those that were given up.
create index outbox_mail_centre on outbox_mail (centre_id, status, id);
