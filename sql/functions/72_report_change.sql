-- Reports about change: what was entered since a day, and how two days differ. Their rows are of obligations too,
-- some for each.
set role mandate_owner;

-- What a change sets, in words: "status: in progress".
create or replace function mandate.change_words(change jsonb) returns jsonb language sql immutable as $$
	select jsonb_agg(replace(e.key, '_', ' ') || ': ' || case jsonb_typeof(e.value) when 'null' then 'none' when 'string' then replace(e.value #>> '{}', '_', ' ')
			else e.value::text end order by array_position(array['status', 'status_since', 'clearance', 'owner', 'due_on', 'due_end'], e.key), e.key)
	from jsonb_each(change) e where length(e.value::text) < 400 and e.key not in ('position', 'resolution_id', 'lemma')
$$;

-- With the hash of the entry, which is no column: the name by which feeds know it again, whatever its obligation is
-- called by then.
create or replace function mandate.report_change_rows(scope mandate.report_scope, ids int[]) returns table (code text, k bigint, "row" json)
language sql stable as $$
	select u.obligation_id::text, u.n::bigint, json_strip_nulls(json_build_object('reference', s.reference, 'entry', u.n, 'what', u.kind,
		'changes', case when u.kind <> 'created' then nullif(mandate.change_words(u.change), '[]') end, 'note', nullif(u.note, ''), 'evidence', nullif(u.evidence, '[]'), 'changed_on', u.effective_on,
		'recorded_at', mandate.time_text(u.recorded_at), 'by', jsonb_build_object('login', o.login, 'name', o.name),
		'hash', encode(u.hash, 'hex')))
	from mandate.obligation_at(ids, scope.as_of, scope.known_at) s
	join mandate.update u on u.obligation_id = s.id
	join mandate.officer_known(scope.known_at) o on o.id = u.officer_id
	where u.effective_on <= scope.as_of and u.recorded_at <= scope.known_at and (u.effective_on > scope.since or u.recorded_at >= scope.since + 1)
$$;

-- The members in which two states of an obligation are compared, each as a value that says what it is.
drop function if exists mandate.report_compared(mandate.obligation, date);
create or replace function mandate.report_compared(o mandate.obligation, today date, known_at timestamptz) returns table (k bigint, what text, value jsonb) language sql stable as $$
	select x.n, x.what, nullif(x.value, 'null') from (values
		(1, 'status', jsonb_build_object('word', o.status)),
		(2, 'timeliness', jsonb_build_object('word', mandate.timeliness(o.status, o.status_since, o.force, o.live, o.due_on, o.due_end, today))),
		(3, 'clearance', jsonb_build_object('word', o.clearance)),
		(4, 'reference', to_jsonb(o.reference)),
		(5, 'due_on', case when o.due_on is not null then jsonb_build_object('date', o.due_on) end),
		(6, 'due_end', case when o.due_end is not null then jsonb_build_object('date', o.due_end) end),
		(7, 'owner', case when o.owner is not null then jsonb_build_object('person', mandate.officer_short(o.owner, known_at)) end),
		(8, 'alternate', case when o.alternate is not null then jsonb_build_object('person', mandate.officer_short(o.alternate, known_at)) end),
		(9, 'unit', to_jsonb(o.unit)), (10, 'kind', jsonb_build_object('word', o.kind)), (11, 'force', jsonb_build_object('word', o.force)),
		(12, 'action', to_jsonb(o.action)), (13, 'document', to_jsonb(o.document)), (14, 'review_on', case when o.review_on is not null then jsonb_build_object('date', o.review_on) end)
	) x(n, what, value)
$$;

create or replace function mandate.report_diff_rows(scope mandate.report_scope, ids int[]) returns table (code text, k bigint, "row" json)
language sql stable as $$
	with later as materialized (select x as o, x.* from mandate.obligation_at(ids, scope.as_of, scope.known_at) x),
	earlier as materialized (select x as o, x.id from mandate.obligation_at(ids, scope.since, scope.known_at) x),
	differs as (
		select l.id, l.reference, a.k, a.what, b.value as before, a.value as after
		from later l join earlier e on e.id = l.id
		cross join lateral mandate.report_compared(l.o, scope.as_of, scope.known_at) a
		join lateral mandate.report_compared(e.o, scope.since, scope.known_at) b on b.k = a.k
		where a.value is distinct from b.value
		union all
		select l.id, l.reference, 0, 'new', null, jsonb_build_object('word', l.status) from later l where l.id not in (select e.id from earlier e)),
	-- The last entry between the days that says something of it.
	said as (
		select distinct on (u.obligation_id, d.k) u.obligation_id, d.k, u.effective_on, u.note
		from differs d join mandate.update u on u.obligation_id = d.id
		where u.effective_on > scope.since and u.effective_on <= scope.as_of and u.recorded_at <= scope.known_at
			and (d.what in ('new') or u.change ? d.what or (d.what = 'timeliness' and u.change ?| array['status', 'due_on', 'due_end']))
		order by u.obligation_id, d.k, u.effective_on desc, u.n desc)
	select d.id::text, d.k, json_strip_nulls(json_build_object('reference', d.reference, 'what', d.what, 'before', d.before, 'after', d.after,
		'changed_on', s.effective_on, 'note', nullif(s.note, '')))
	from differs d left join said s on s.obligation_id = d.id and s.k = d.k
$$;

-- The rows of some obligations as the report has them.
create or replace function mandate.report_rows_of(scope mandate.report_scope, columns text[], ids int[]) returns table (code text, k bigint, "row" json)
language plpgsql stable as $$
begin
	if scope.name = 'changes' then
		return query select * from mandate.report_change_rows(scope, ids);
	elsif scope.name = 'diff' then
		return query select * from mandate.report_diff_rows(scope, ids);
	else
		return query select r.code, 0::bigint, r.row from mandate.report_rows(scope, columns, ids) r;
	end if;
end
$$;
