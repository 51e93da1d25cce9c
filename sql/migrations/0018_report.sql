-- What a report is asked for: handed from function to function while it is made page by page.
set role mandate_owner;

create type mandate.report_scope as (
	name text,
	subject text,
	filter jsonb,
	as_of date,
	known_at timestamptz,
	since date,
	login text,
	group_by text,
	sort text
);

-- The paragraph of a clause by its reference, for reports over all resolutions.
create index clause_reference on mandate.clause (resolution_id, reference);
