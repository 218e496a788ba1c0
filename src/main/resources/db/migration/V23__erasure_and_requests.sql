-- When everything of the person was erased: what is left of the case are numbers and codes (docs/adr/0016).
alter table case_file add column erased_at timestamp;
