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

drop function if exists mandate.page(jsonb, text, mandate.obligation[], date);

-- The query for the obligations that a filter finds: o has the columns of an obligation, the whole of it as row, its
-- timeliness, and the day of its next milestone. Its parameters are those of obligation_select. extra is a further condition of our own, never of a user's.
create or replace function mandate.filter_query(filter jsonb, as_it_is boolean, extra text default 'true') returns text
language sql immutable as $$
	select format('from (select x.*, mandate.timeliness(x.status, x.status_since, x.force, x.live, x.due_on, x.due_end, $4) as timeliness,
			case when mandate.milestones_apply(x) then (select m.on_day from mandate.milestone_next(x) m) end as next_on,
			x as row from %s x) o where %s and %s',
		case when as_it_is then 'mandate.obligation' else 'mandate.obligation_as_of($2, $3)' end, mandate.filter_where(filter), extra)
$$;

-- The obligations that a filter finds, as of a date and as known at a time.
create or replace function mandate.obligation_select(filter jsonb, as_of date, known_at timestamptz,
	login text, extra text default 'true') returns setof mandate.obligation language plpgsql stable as $$
begin
	return query execute 'select (o.row).* ' || mandate.filter_query(filter, as_of is null and known_at is null, extra)
	using coalesce(filter, '[]'), as_of, known_at, coalesce(as_of, mandate.today()), login;
end
$$;

-- What makes an obligation urgent, in points: its date, its next step, its force, that nobody owns it, that it is not
-- started, that it waits for review, that nobody has spoken. An expression over columns, so that a list of
-- thousands is sorted by it; why a place has points says mandate.urgency.
create or replace function mandate.urgency_points(timely text, due_on date, due_end date, deadline_type text, step_on date, force text,
	owner text, status text, review_on date, last_effective date, today date) returns int[] language sql immutable as $$
	select array[
		case when timely = 'overdue' then 40 + least((today - due_end) / 7, 40)
			when timely = 'due_soon' then 10 + 25 * (90 - greatest(due_on - today, 0)) / 90
			when due_on is not null then 3 when deadline_type = 'soft' then 6 else 0 end,
		case when step_on < today then 15 when step_on <= today + 90 then 8 else 0 end,
		case when force in ('binding', 'request') then 10 when force in ('urging', 'decision') then 5 else 0 end,
		case when owner is null then 6 else 0 end,
		case when status = 'not_started' then 4 else 0 end,
		case when review_on <= today then 12 else 0 end,
		case when last_effective < today - 180 then 4 else 0 end]
$$;

-- Not in SQL: put in line there, the array would be made once for each of its members.
create or replace function mandate.points_sum(points int[]) returns int language plpgsql immutable as $$
begin
	return points[1] + points[2] + points[3] + points[4] + points[5] + points[6] + points[7];
end
$$;

-- The points of what should be done first, each with its reason.
create or replace function mandate.urgency(o mandate.obligation, today date) returns jsonb language plpgsql stable as $$
declare
	timely text := mandate.timeliness(o.status, o.status_since, o.force, o.live, o.due_on, o.due_end, today);
	step record;
	points int[];
	because text[];
begin
	select m.name, m.on_day into step from mandate.milestone_next(o) m;
	points := mandate.urgency_points(timely, o.due_on, o.due_end, o.deadline->>'type', step.on_day, o.force, o.owner, o.status,
		o.review_on, o.last_effective, today);
	because := array[
		case when timely = 'overdue' then 'overdue by ' || mandate.counted(today - o.due_end, 'day')
			when o.due_on is null then format('the text says "%s"', o.deadline->>'text')
			when timely = 'due_soon' and o.due_on > today then 'due in ' || mandate.counted(o.due_on - today, 'day')
			when timely = 'due_soon' then format('due since %s, at the latest on %s', mandate.date_text(o.due_on), mandate.date_text(o.due_end))
			else format('due on %s', mandate.date_text(o.due_on)) end,
		format('%s %s due on %s', replace(step.name, '_', ' '), case when step.on_day < today then 'was' else 'is' end, mandate.date_text(step.on_day)),
		case o.force when 'urging' then 'strongly worded' when 'decision' then 'a decision' else 'a request, not an encouragement' end,
		'nobody owns it', 'not started', format('to be reviewed since %s', mandate.date_text(o.review_on)),
		format('no word since %s', mandate.date_text(o.last_effective))];
	return jsonb_build_object('points', mandate.points_sum(points), 'why', (
		select coalesce(jsonb_agg(jsonb_build_object('points', points[i], 'because', because[i]) order by i), '[]')
		from generate_subscripts(points, 1) i where points[i] > 0));
end
$$;

-- What a list is sorted by, before the order of the texts: a number for each obligation, least first.
create or replace function mandate.sort_key(sort text) returns text language sql immutable as $$
	select case sort
		when 'due' then 'coalesce(o.due_on - date ''2000-01-01'', 2147483647)'
		when 'updated' then 'coalesce(date ''2000-01-01'' - o.last_effective, 2147483647)'
		when 'urgency' then '-mandate.points_sum(mandate.urgency_points(o.timeliness, o.due_on, o.due_end, o.deadline->>''type'',
			o.next_on, o.force, o.owner, o.status, o.review_on, o.last_effective, $4))'
		else '0' end
$$;

-- The place in a list after which a page begins, as the page before gave it: the four numbers that it is sorted by.
create or replace function mandate.page_after(request jsonb) returns bigint[] language plpgsql immutable as $$
begin
	if coalesce(request->>'after', '') = '' then
		return array[-2147483648, 0, 0, 0];
	elsif request->>'after' !~ '^-?\d{1,10}(\.\d{1,10}){3}$' then
		perform mandate.refuse(422, 'bad_page', format('after: "%s" is no place in a list; give the "next" of the page before', left(request->>'after', 60)));
	end if;
	return string_to_array(request->>'after', '.')::bigint[];
end
$$;

-- A page of the obligations that a filter finds, with how many there are in all: first which ones, then what is said
-- of those alone. It begins after the last one of the page before, so that a list that changes in between
-- shows none of the others twice and leaves none out.
create or replace function mandate.page(request jsonb, sort text, as_of date, known_at timestamptz, login text,
	extra text default 'true', most int default 1000) returns jsonb language plpgsql stable as $$
declare
	size int := coalesce((request->>'limit')::int, most);
	today date := coalesce(as_of, mandate.today());
	ids int[];
	places text[];
	many bigint;
	rows mandate.obligation[];
begin
	-- "offset 0" lets the key see plain columns, else what stands behind them would be computed at each mention.
	execute format('with hit as (select %s as k, coalesce(o.resolution_id, 0) as r, coalesce(o.position, 0) as p, o.id
			from (select o.* %s offset 0) o),
		page as (select * from hit where (k, r, p, id) > ($6[1], $6[2], $6[3], $6[4]) order by k, r, p, id limit $7)
		select array_agg(id order by k, r, p, id), array_agg(concat_ws(''.'', k, r, p, id) order by k, r, p, id), (select count(*) from hit) from page',
		mandate.sort_key(sort), mandate.filter_query(request->'filter', as_of is null and known_at is null, extra))
	into ids, places, many
	using coalesce(request->'filter', '[]'), as_of, known_at, today, login, mandate.page_after(request), size + 1;
	rows := array(select o from mandate.obligation_at(ids[:size], as_of, known_at) o);
	return jsonb_build_object('rows', coalesce((select jsonb_agg(l.listed
				|| case when sort = 'urgency' then jsonb_build_object('urgency', mandate.urgency(o, today)) else '{}' end order by array_position(ids, l.id))
			from mandate.obligation_rows(rows, today) l join unnest(rows) o on o.id = l.id), '[]'),
		'total', many, 'next', places[case when cardinality(ids) > size then size end], 'as_of', today);
end
$$;

create or replace function api.obligation_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
begin
	return mandate.page(request, coalesce(request->>'sort', 'reference'), mandate.request_as_of(request),
		mandate.request_known_at(request), officer.login);
end
$$;

-- What is overdue, or falls due or has a milestone within so many days: overdue first, then by date.
create or replace function api.due_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	within int := coalesce((request->>'within')::int, 90);
begin
	return mandate.page(request, 'due', mandate.request_as_of(request), null, officer.login, format(
		'o.live and not mandate.status_is_done(o.status) and (o.timeliness = ''overdue'' or (o.due_on <= $4 + %1$s and o.due_end >= $4)
			or o.review_on <= $4 + %1$s or o.next_on <= $4 + %1$s)', within));
end
$$;

-- What to do first, and why.
create or replace function api.next_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
begin
	return mandate.page(request, 'urgency', null, null, officer.login, 'o.live and not mandate.status_is_done(o.status)', 10);
end
$$;
