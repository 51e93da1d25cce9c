-- The two roles, the two schemas, and the record of what was run here.
-- Run by a superuser, or by a member of mandate_owner where a database administrator
-- has made both roles beforehand. Roles belong to the whole cluster, so they may exist.
do $$
begin
	if not exists (select from pg_roles where rolname = 'mandate_owner') then
		create role mandate_owner nologin;
	end if;
	if not exists (select from pg_roles where rolname = 'mandate_service') then
		create role mandate_service login;
	end if;
end
$$;

create schema mandate authorization mandate_owner;
create schema api authorization mandate_owner;
comment on schema mandate is 'The tables; only mandate_owner may look inside.';
comment on schema api is 'The functions that the service calls, and nothing else.';
revoke all on schema mandate, api from public;
grant usage on schema api to mandate_service;

set role mandate_owner;

create table mandate.migration (
	number int primary key,
	name text not null,
	checksum text not null,
	applied_at timestamptz not null default now()
);
comment on table mandate.migration is 'Files of sql/migrations, each run once.';

create table mandate.function_file (
	name text primary key,
	checksum text not null,
	applied_at timestamptz not null default now()
);
comment on table mandate.function_file is
	'Files of sql/functions and tables of reference data, replayed when their checksum changes.';
