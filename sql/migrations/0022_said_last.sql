-- What was said of which obligations after a day is asked for by everything that is as of a day.
set role mandate_owner;

create index obligation_said_last on mandate.obligation (last_effective);
