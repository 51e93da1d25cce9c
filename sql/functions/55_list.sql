-- Lists: a parsed filter becomes a where clause out of fixed fragments; every value
-- stays a parameter.
set role mandate_owner;

drop function if exists mandate.filter_column(text);

-- What a filter's fields look at, by what is filtered: obligations, or the participants of a treaty and the
-- contributions to a fund in their reports. A word is equal without case, a text contains; other natures have their
-- own meaning.
create or replace function mandate.filter_columns() returns table (subject text, field text, nature text, col text) language sql immutable as $$
	values
	('obligation', 'ref', 'ending', 'o.reference'),
	('obligation', 'symbol', 'ending', '(select r.symbol from mandate.resolution r where r.id = o.resolution_id)'),
	('obligation', 'resolution', 'ending', '(select r.symbol from mandate.resolution r where r.id = o.resolution_id)'),
	('obligation', 'para', 'word', 'o.paragraph'),
	('obligation', 'body', 'word', '(select r.body from mandate.resolution r where r.id = o.resolution_id)'),
	('obligation', 'speaker', 'word', 'o.speaker'),
	('obligation', 'kind', 'word', 'o.kind'),
	('obligation', 'force', 'word', 'o.force'),
	('obligation', 'class', 'word', 'o.class'),
	('obligation', 'verb', 'word', 'o.lemma'),
	('obligation', 'treaty', 'word', 'o.treaty'),
	('obligation', 'fund', 'word', 'o.fund'),
	('obligation', 'status', 'status', 'o.status'),
	('obligation', 'clearance', 'word', 'o.clearance'),
	('obligation', 'timeliness', 'word', 'o.timeliness'),
	('obligation', 'live', 'flag', 'o.live'),
	('obligation', 'owner', 'owner', 'o.owner'),
	('obligation', 'alternate', 'alternate', 'o.alternate'),
	('obligation', 'team', 'team', 'o.team'),
	('obligation', 'unit', 'unit', 'o.unit'),
	('obligation', 'addressee', 'addressee', 'o.addressees'),
	('obligation', 'role', 'role', 'o.addressees'),
	('obligation', 'due', 'date', 'o.due_on'),
	('obligation', 'end', 'date', 'o.due_end'),
	('obligation', 'updated', 'date', '(select max(u.effective_on) from mandate.update u where u.obligation_id = o.id)'),
	('obligation', 'adopted', 'date', '(select r.adopted_on from mandate.resolution r where r.id = o.resolution_id)'),
	('obligation', 'confidence', 'number', 'o.confidence'),
	('obligation', 'document', 'evidence', 'o.id'),
	('obligation', 'text', 'text', 'concat_ws('' '', o.reference, o.text, o.action, o.vehicle, o.conditions::text, o.addressees::text)'),
	('participant', 'party', 'party', 'o.party'),
	('participant', 'group', 'group', 'o.party'),
	('participant', 'act', 'word', 'o.act'),
	('participant', 'signed', 'date', 'o.signed_on'),
	('participant', 'deposited', 'date', 'o.deposited_on'),
	('participant', 'withdrew', 'date', 'o.withdrew_on'),
	('participant', 'text', 'text', 'mandate.party_name_of(o.party)'),
	('contribution', 'party', 'party', 'o.party'),
	('contribution', 'group', 'group', 'o.party'),
	('contribution', 'fund', 'word', 'o.fund'),
	('contribution', 'year', 'number', 'o.year'),
	('contribution', 'text', 'text', 'mandate.donor_name(o.party, o.kind)')
$$;

-- A date in a filter: written out, or relative to the date of the list.
create or replace function mandate.filter_date(value jsonb, today date) returns date language sql immutable as $$
	select case when jsonb_typeof(value) = 'object' then
		(today + (case right(value->>'relative', 1) when 'd' then '1 day' when 'w' then '7 days'
			when 'm' then '1 month' else '1 year' end)::interval
			* left(value->>'relative', -1)::int)::date
	else (value #>> '{}')::date end
$$;

drop function if exists mandate.filter_leaf(jsonb, int);
drop function if exists mandate.filter_word(jsonb, text, text);

-- Words that mean more than themselves: open and done sum statuses up, me is who asks.
create or replace function mandate.filter_meaning(nature text, given text, word text) returns text language sql immutable as $$
	select case nature || ' ' || case when given in ('open', 'done', 'me', 'none') then given else '' end
		when 'status open' then 'o.status not in (''implemented'', ''closed'', ''overtaken'', ''not_applicable'', ''proposed'')'
		when 'status done' then 'mandate.status_is_done(o.status)'
		when 'owner me' then '(o.owner = $5 or o.owner = any ((select mandate.stands_in_for($5, $4, $3))::text[])'
			' or o.alternate = $5 and o.owner = any ((select mandate.away_alone($4, $3))::text[]))'
		when 'alternate me' then 'o.alternate = $5'
		when 'team me' then 'o.team->>$5 is not null'
		when 'team none' then 'not exists (select from jsonb_each_text(o.team) t where t.value is not null)'
		when 'team ' then format('exists (select from jsonb_each_text(o.team) t where t.value is not null and upper(t.key) = upper(%s))', word) end
$$;

-- One leaf of the filter, the i-th element of the array in $1, as a condition on o.
create or replace function mandate.filter_leaf(leaf jsonb, i int, of_subject text) returns text language plpgsql immutable as $$
declare
	given text := leaf->>'value';
	op text := case when leaf->>'op' in ('=', '<', '<=', '>', '>=') then leaf->>'op' else '=' end;
	value text := format('($1->%s->''value'')', i);
	word text := format('($1->%s->>''value'')', i);
	likeable text := format('''%%'' || replace(replace(replace(%s, ''\'', ''\\''), ''%%'', ''\%%''), ''_'', ''\_'') || ''%%''', word);
	c record;
begin
	select * into c from mandate.filter_columns() x where x.subject = of_subject and x.field = leaf->>'field';
	if c.col is null then
		perform mandate.refuse(422, 'unknown_field', format('%s has no field "%s"; it has: %s',
			case of_subject when 'obligation' then 'an obligation' else 'a ' || of_subject end, leaf->>'field',
			(select string_agg(x.field, ' ') from mandate.filter_columns() x where x.subject = of_subject)));
	elsif given = 'none' and (c.nature in ('date', 'owner', 'alternate', 'unit') or c.field in ('kind', 'treaty', 'fund', 'act')) then
		return c.col || ' is null';
	end if;
	return case c.nature
		when 'text' then format('%s ilike %s', c.col, likeable)
		when 'date' then case when leaf ? 'to' then format('%s between mandate.filter_date(%s, $4) and mandate.filter_date($1->%s->''to'', $4)', c.col, value, i)
			else format('%s %s mandate.filter_date(%s, $4)', c.col, op, value) end
		when 'number' then format('%s %s %s::numeric', c.col, op, word)
		when 'flag' then case when given in ('yes', 'true') then c.col else 'not ' || c.col end
		when 'ending' then format('(upper(%1$s) = upper(%2$s) or right(upper(%1$s), length(%2$s) + 1) = ''/'' || upper(%2$s))', c.col, word)
		when 'addressee' then format('exists (select from jsonb_array_elements(%s) a where upper(a->>''code'') = upper(%s) or a->>''name'' ilike %s or a->>''text'' ilike %s)',
			c.col, word, likeable, likeable)
		when 'role' then format('exists (select from jsonb_array_elements(%s) a where a->>''role'' = %s)', c.col, word)
		when 'evidence' then format('exists (select from mandate.update u where u.obligation_id = %s and u.evidence::text ilike %s)', c.col, likeable)
		when 'unit' then format('%s = any ((select mandate.unit_below(%s, $3))::text[])', c.col, word)
		when 'party' then format('(upper(%1$s) = upper(%2$s) or %1$s = (select p.code from mandate.party_known(%2$s) p))', c.col, word)
		when 'group' then format('%s in (select * from mandate.group_members(upper(%s), $4))', c.col, word)
		else coalesce(mandate.filter_meaning(c.nature, given, word), format('upper(%s) = upper(%s)', c.col, word)) end;
end
$$;

-- The whole filter, in postfix order, as a where clause. Its parameters are those of mandate.obligation_select.
drop function if exists mandate.filter_where(jsonb);
create or replace function mandate.filter_where(filter jsonb, of_subject text default 'obligation') returns text language plpgsql immutable as $$
declare
	stack text[] := '{}';
	item jsonb;
	top int;
	i int := 0;
begin
	for item in select value from jsonb_array_elements(coalesce(filter, '[]')) loop
		top := coalesce(array_length(stack, 1), 0);
		if jsonb_typeof(item) = 'object' then
			stack := stack || mandate.filter_leaf(item, i, of_subject);
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
