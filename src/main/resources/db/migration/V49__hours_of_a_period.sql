-- The hours of a period are found by their day: which centre they are of stands in another table.
create index counselling_session_recorded on counselling_session (recorded_at);
create index enrolment_ends on enrolment (ends_on);
create index mentoring_recorded on mentoring (recorded_at);
