-- Lists: a parsed filter becomes a where clause out of fixed fragments; every value
-- stays a parameter.
set role mandate_owner;

-- What a filter's field looks at. text fields compare without case; set fields have their own words.
create or replace function mandate.filter_column(field text) returns text language sql immutable as $$
	select case field
		when 'ref' then 'o.reference' when 'para' then 'o.paragraph' when 'kind' then 'o.kind'
		when 'force' then 'o.force' when 'class' then 'o.class' when 'status' then 'o.status'
		when 'timeliness' then 'o.timeliness' when 'clearance' then 'o.clearance' when 'owner' then 'o.owner'
		when 'alternate' then 'o.alternate' when 'team' then 'o.team' when 'unit' then 'o.unit' when 'verb' then 'o.lemma'
		when 'speaker' then 'o.speaker'
		when 'symbol' then '(select r.symbol from mandate.resolution r where r.id = o.resolution_id)'
		when 'resolution' then '(select r.symbol from mandate.resolution r where r.id = o.resolution_id)'
		when 'body' then '(select r.body from mandate.resolution r where r.id = o.resolution_id)'
		when 'due' then 'o.due_on' when 'end' then 'o.due_end'
		when 'updated' then '(select max(u.effective_on) from mandate.update u where u.obligation_id = o.id)'
		when 'adopted' then '(select r.adopted_on from mandate.resolution r where r.id = o.resolution_id)'
		when 'confidence' then 'o.confidence' end
$$;

-- A date in a filter: written out, or relative to the date of the list.
create or replace function mandate.filter_date(value jsonb, today date) returns date language sql immutable as $$
	select case when jsonb_typeof(value) = 'object' then
		(today + (case right(value->>'relative', 1) when 'd' then '1 day' when 'w' then '7 days'
			when 'm' then '1 month' else '1 year' end)::interval
			* left(value->>'relative', -1)::int)::date
	else (value #>> '{}')::date end
$$;

-- One leaf of the filter, the i-th element of the array in $1, as a condition on o.
create or replace function mandate.filter_leaf(leaf jsonb, i int) returns text language plpgsql immutable as $$
declare
	field text := leaf->>'field';
	op text := case when leaf->>'op' in ('=', '<', '<=', '>', '>=', ':', '!=', '..') then leaf->>'op' else '=' end;
	col text := mandate.filter_column(field);
	value text := format('($1->%s->''value'')', i);
	word text := format('($1->%s->>''value'')', i);
	likeable text := format('''%%'' || replace(replace(replace($1->%s->>''value'', ''\'', ''\\''), ''%%'', ''\%%''), ''_'', ''\_'') || ''%%''', i);
	given text := leaf->>'value';
begin
	if field = 'text' then
		return format('concat_ws('' '', o.reference, o.text, o.action, o.vehicle, o.conditions::text, o.addressees::text) ilike %s', likeable);
	elsif field in ('addressee', 'role', 'document', 'party') then
		return case field
			when 'addressee' then format('exists (select from jsonb_array_elements(o.addressees) a where upper(a->>''code'') = upper(%s) or a->>''name'' ilike %s or a->>''text'' ilike %s)', word, likeable, likeable)
			when 'role' then format('exists (select from jsonb_array_elements(o.addressees) a where a->>''role'' = %s)', word)
			else format('exists (select from mandate.update u where u.obligation_id = o.id and u.evidence::text ilike %s)', likeable) end;
	elsif field = 'live' then
		return case when given in ('yes', 'true') then 'o.live' else 'not o.live' end;
	elsif field in ('due', 'end', 'updated', 'adopted') then
		if given = 'none' then
			return col || ' is null';
		elsif op = '..' or leaf ? 'to' then
			return format('%s between mandate.filter_date(%s, $4) and mandate.filter_date($1->%s->''to'', $4)', col, value, i);
		end if;
		return format('%s %s mandate.filter_date(%s, $4)', col, replace(op, ':', '='), value);
	elsif field = 'confidence' then
		return format('%s %s (%s)::numeric', col, replace(op, ':', '='), word);
	elsif col is null then
		perform mandate.refuse(422, 'unknown_field', format('there is no field %s', field));
	elsif jsonb_typeof(leaf->'value') = 'array' then
		return '(' || (select string_agg(mandate.filter_leaf(leaf || jsonb_build_object('value', v.value, 'index', v.n - 1), i), ' or ')
			from jsonb_array_elements(leaf->'value') with ordinality v(value, n)) || ')';
	end if;
	return mandate.filter_word(leaf, col, format('($1->%s%s)', i,
		case when leaf ? 'index' then format('->''value''->>%s', leaf->>'index') else '->>''value''' end));
end
$$;

-- A field that holds words: the special ones ("open", "none", "me"), else equality without case.
create or replace function mandate.filter_word(leaf jsonb, col text, word text) returns text language sql immutable as $$
	select case
		when leaf->>'field' = 'status' and leaf->>'value' = 'open' then
			'o.status not in (''implemented'', ''closed'', ''overtaken'', ''not_applicable'', ''proposed'')'
		when leaf->>'field' = 'status' and leaf->>'value' = 'done' then 'mandate.status_is_done(o.status)'
		when leaf->>'field' in ('owner', 'alternate', 'unit', 'kind') and leaf->>'value' = 'none' then col || ' is null'
		when leaf->>'field' = 'owner' and leaf->>'value' = 'me' then '(o.owner = $5 or o.owner = any ((select mandate.stands_in_for($5, $4, $3))::text[])'
			' or o.alternate = $5 and o.owner = any ((select mandate.away_alone($4, $3))::text[]))'
		when leaf->>'field' = 'alternate' and leaf->>'value' = 'me' then col || ' = $5'
		when leaf->>'field' = 'team' then case leaf->>'value'
			when 'none' then 'not exists (select from jsonb_each_text(o.team) t where t.value is not null)'
			when 'me' then 'o.team->>$5 is not null'
			else format('exists (select from jsonb_each_text(o.team) t where t.value is not null and upper(t.key) = upper(%s))', word) end
		when leaf->>'field' = 'unit' then format('o.unit = any ((select mandate.unit_below(%s))::text[])', word)
		when leaf->>'field' in ('symbol', 'resolution', 'ref') then format('(upper(%1$s) = upper(%2$s) or right(upper(%1$s), length(%2$s) + 1) = ''/'' || upper(%2$s))', col, word)
		else format('upper(%s) = upper(%s)', col, word) end
$$;

-- The whole filter, in postfix order, as a where clause.
create or replace function mandate.filter_where(filter jsonb) returns text language plpgsql immutable as $$
declare
	stack text[] := '{}';
	item jsonb;
	top int;
	i int := 0;
begin
	for item in select value from jsonb_array_elements(coalesce(filter, '[]')) loop
		top := coalesce(array_length(stack, 1), 0);
		if jsonb_typeof(item) = 'object' then
			stack := stack || coalesce(mandate.filter_leaf(item, i), 'false');
		elsif item #>> '{}' = 'not' and top >= 1 then
			stack[top] := format('(%s) is not true', stack[top]);
		elsif item #>> '{}' in ('and', 'or') and top >= 2 then
			stack := stack[:top - 2] || format('(%s %s %s)', stack[top - 1], item #>> '{}', stack[top]);
		else
			perform mandate.refuse(422, 'bad_filter', 'that is not a filter');
		end if;
		i := i + 1;
	end loop;
	if array_length(stack, 1) > 1 then
		perform mandate.refuse(422, 'bad_filter', 'that is not a filter');
	end if;
	return coalesce(stack[1], 'true');
end
$$;

-- The obligations that a filter finds, as of a date and as known at a time. extra is a
-- further condition of our own, never of a user's.
create or replace function mandate.obligation_select(filter jsonb, as_of date, known_at timestamptz,
	login text, extra text default 'true') returns setof mandate.obligation language plpgsql stable as $$
begin
	return query execute format(
		'select (o.row).* from (select x as row, x.*, mandate.timeliness(x.status, x.status_since, x.force, x.live,
			x.due_on, x.due_end, $4) as timeliness from %s x) o where %s and %s',
		case when as_of is null and known_at is null then 'mandate.obligation'
			else 'mandate.obligation_as_of($2, $3)' end,
		mandate.filter_where(filter), extra)
	using coalesce(filter, '[]'), as_of, known_at, coalesce(as_of, mandate.today()), login;
end
$$;

-- Points for what should be done first, each with its reason. Used by next and by sort:urgency.
create or replace function mandate.urgency(o mandate.obligation, today date) returns jsonb language plpgsql stable as $$
declare
	why jsonb := '[]';
	late int := today - o.due_end;
	step record;
	timely text := mandate.timeliness(o.status, o.status_since, o.force, o.live, o.due_on, o.due_end, today);
begin
	if timely = 'overdue' then
		why := why || jsonb_build_object('points', 40 + least(late / 7, 40), 'because', format('overdue by %s days', late));
	elsif timely = 'due_soon' then
		why := why || jsonb_build_object('points', 10 + 25 * (90 - greatest(o.due_on - today, 0)) / 90, 'because',
			case when o.due_on > today then format('due in %s days', o.due_on - today)
				else format('due since %s, at the latest on %s', mandate.date_text(o.due_on), mandate.date_text(o.due_end)) end);
	elsif o.due_on is not null then
		why := why || jsonb_build_object('points', 3, 'because', format('due on %s', mandate.date_text(o.due_on)));
	elsif o.deadline->>'type' = 'soft' then
		why := why || jsonb_build_object('points', 6, 'because', format('the text says "%s"', o.deadline->>'text'));
	end if;
	select m.name, m.on_day into step from mandate.milestone_next(o) m;
	if step.on_day < today then
		why := why || jsonb_build_object('points', 15, 'because', format('%s was due on %s', replace(step.name, '_', ' '), mandate.date_text(step.on_day)));
	elsif step.on_day <= today + 90 then
		why := why || jsonb_build_object('points', 8, 'because', format('%s is due on %s', replace(step.name, '_', ' '), mandate.date_text(step.on_day)));
	end if;
	if o.force in ('binding', 'request') then
		why := why || jsonb_build_object('points', 10, 'because', 'a request, not an encouragement');
	elsif o.force in ('urging', 'decision') then
		why := why || jsonb_build_object('points', 5, 'because', case o.force when 'urging' then 'strongly worded' else 'a decision' end);
	end if;
	if o.owner is null then
		why := why || jsonb_build_object('points', 6, 'because', 'nobody owns it');
	end if;
	if o.status = 'not_started' then
		why := why || jsonb_build_object('points', 4, 'because', 'not started');
	end if;
	if o.review_on <= today then
		why := why || jsonb_build_object('points', 12, 'because', format('to be reviewed since %s', mandate.date_text(o.review_on)));
	end if;
	if o.last_effective < today - 180 then
		why := why || jsonb_build_object('points', 4, 'because', format('no word since %s', mandate.date_text(o.last_effective)));
	end if;
	return jsonb_build_object('points', coalesce((select sum((p->>'points')::int) from jsonb_array_elements(why) p), 0), 'why', why);
end
$$;

-- A page of a list. after is how many rows were passed.
create or replace function mandate.page(request jsonb, sort text, rows mandate.obligation[], today date) returns jsonb
language sql stable as $$
	with page as (
		select coalesce((request->>'limit')::int, 1000) as size, coalesce(nullif(request->>'after', ''), '0')::int as passed),
	ordered as (
		select o::mandate.obligation as obligation, row_number() over (order by
			case when sort = 'due' then o.due_on end,
			case when sort = 'urgency' then -(mandate.urgency(o, today)->>'points')::int end,
			case when sort = 'updated' then o.last_effective end desc,
			o.resolution_id, o.position, o.id) as n
		from unnest(rows) o)
	select jsonb_build_object(
		'rows', coalesce((select jsonb_agg(mandate.obligation_row(x.obligation, today) order by x.n)
			from ordered x, page p where x.n > p.passed and x.n <= p.passed + p.size), '[]'),
		'total', coalesce(array_length(rows, 1), 0),
		'next', (select case when p.passed + p.size < coalesce(array_length(rows, 1), 0) then (p.passed + p.size)::text end from page p),
		'as_of', today)
$$;

create or replace function api.obligation_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	as_of date := mandate.request_as_of(request);
	known_at timestamptz := mandate.request_known_at(request);
begin
	return mandate.page(request, coalesce(request->>'sort', 'reference'),
		array(select o from mandate.obligation_select(request->'filter', as_of, known_at, officer.login) o),
		coalesce(as_of, mandate.today()));
end
$$;

-- What is overdue, or falls due or has a milestone within so many days: overdue first, then by date.
create or replace function api.due_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	as_of date := mandate.request_as_of(request);
	within int := coalesce((request->>'within')::int, 90);
begin
	return mandate.page(request, 'due',
		array(select o from mandate.obligation_select(request->'filter', as_of, null, officer.login, format(
			'o.live and not mandate.status_is_done(o.status) and (o.timeliness = ''overdue'' or (o.due_on <= $4 + %s and o.due_end >= $4) or o.review_on <= $4 + %s
				or (select m.on_day from mandate.milestone_next(o.row) m) <= $4 + %s)',
			within, within, within)) o),
		coalesce(as_of, mandate.today()));
end
$$;

-- What to do first, and why.
create or replace function api.next_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	today date := mandate.today();
begin
	return jsonb_build_object('rows', coalesce((
		select jsonb_agg(mandate.obligation_row(o, today) || jsonb_build_object('urgency', u) order by (u->>'points')::int desc, x.due_on, x.id)
		from (
			select s::mandate.obligation as o, s.due_on, s.id, mandate.urgency(s, today) as u
			from mandate.obligation_select(request->'filter', null, null, officer.login,
				'o.live and not mandate.status_is_done(o.status)') s
			order by (mandate.urgency(s, today)->>'points')::int desc, s.due_on, s.id
			limit coalesce((request->>'limit')::int, 10)) x), '[]'), 'as_of', today);
end
$$;
