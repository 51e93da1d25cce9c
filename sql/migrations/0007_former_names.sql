-- The few updates that gave an obligation a name, so that showing one with a long record
-- does not read the whole record for its former names.
set role mandate_owner;

create index update_names on mandate.update (obligation_id) where change ? 'reference';
