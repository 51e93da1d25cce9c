-- The record in the order of effect, for the last entry and for what stands before and after a new one.
set role mandate_owner;

create index update_effective on mandate.update (obligation_id, effective_on, n);
