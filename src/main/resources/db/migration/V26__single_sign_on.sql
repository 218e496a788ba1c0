-- Who somebody is at the identity provider they log in with; null for those who log in with a password of ours.
alter table staff_account add column sign_on_subject varchar(500);
create unique index staff_account_sign_on on staff_account (sign_on_subject);
