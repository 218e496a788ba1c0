-- When an absence began and ended in fact, and who entered it.
alter table staff_absence add column begun_at timestamp;
alter table staff_absence add column ended_at timestamp;
alter table staff_absence add column recorded_by varchar(64);
