-- What was open in a period, and the counsellors of a centre, are read from the index alone.

drop index stage_fact_left;
create index stage_fact_left on stage_fact (centre_id, left_at, stage, outcome, days, entered_at, case_id);
drop index case_fact_closed;
create index case_fact_closed on case_fact (centre_id, closed_at, outcome, days, opened_at);
drop index case_fact_centre;
create index case_fact_centre on case_fact (centre_id, opened_at, outcome, case_id);
create index case_fact_outcome on case_fact (outcome, case_id);       -- the few who were registered twice
create index case_fact_counsellor on case_fact (centre_id, counsellor);
