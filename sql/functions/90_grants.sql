-- The service may execute the functions of schema api and nothing else. Runs last.
set role mandate_owner;

revoke all on all functions in schema mandate, api from public;
alter default privileges in schema mandate revoke execute on functions from public;
alter default privileges in schema api revoke execute on functions from public;
grant execute on all functions in schema api to mandate_service;
