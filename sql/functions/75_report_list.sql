-- Reports whose rows are obligations. A page is made in two steps: which come next, in order, and then what they
-- say. The first is asked for thousands at a time and carried in the cursor, the second for some hundreds.
set role mandate_owner;

-- How many, by status, timeliness and kind; and the picture of status by kind.
create or replace function mandate.report_summary(scope mandate.report_scope, condition text, out summary jsonb, out bars jsonb)
language plpgsql stable as $$
begin
	execute 'with one as materialized (select o.resolution_id, o.status, o.timeliness, coalesce(o.kind, ''none'') as kind, o.force '
		|| mandate.report_from(scope, condition) || '),
	counted as (
		select one.status, one.timeliness, one.kind, grouping(one.status, one.timeliness, one.kind) as of, count(*) as n,
			count(*) filter (where one.force in (''encouragement'', ''none'')) as hortatory,
			count(*) filter (where one.status = ''continuing'' and one.force not in (''encouragement'', ''none'')) as continuing,
			count(*) filter (where one.force not in (''encouragement'', ''none'') and one.status not in (''continuing'', ''not_applicable'', ''overtaken'')) as measured,
			count(*) filter (where one.force not in (''encouragement'', ''none'') and one.status = ''implemented'') as implemented
		from one group by grouping sets ((), (one.status), (one.timeliness), (one.kind), (one.kind, one.status))),
	kinds as (
		select c.kind, jsonb_object_agg(c.status, c.n) as parts from counted c where c.of = 2 group by c.kind)
	select (select jsonb_build_object(''obligations'', c.n, ''resolutions'', (select count(distinct one.resolution_id) from one), ''hortatory'', c.hortatory, ''continuing'', c.continuing,
				''measured'', c.measured, ''implemented'', c.implemented) from counted c where c.of = 7)
			|| jsonb_build_object(
				''by_status'', (select coalesce(jsonb_object_agg(c.status, c.n), ''{}'') from counted c where c.of = 3),
				''by_timeliness'', (select coalesce(jsonb_object_agg(c.timeliness, c.n), ''{}'') from counted c where c.of = 5),
				''by_kind'', (select coalesce(jsonb_object_agg(c.kind, c.n), ''{}'') from counted c where c.of = 6)),
		(select jsonb_agg(jsonb_build_object(''label'', c.kind, ''parts'', k.parts) order by c.n desc, c.kind collate "C")
			from counted c join kinds k on k.kind = c.kind where c.of = 6)'
	into summary, bars
	using scope.filter, scope.as_of, scope.known_at, scope.as_of, scope.login, scope.since;
end
$$;

-- The deadlines that come next, for a time line: so many as fit a page, and how many are left out.
create or replace function mandate.report_timeline(scope mandate.report_scope, condition text) returns jsonb language plpgsql stable as $$
declare
	answer jsonb;
begin
	execute 'with dated as materialized (select o.id, o.reference, o.due_on, o.due_end, o.status, o.timeliness '
		|| mandate.report_from(scope, condition) || ' and o.due_on is not null and not mandate.status_is_done(o.status)),
	nearest as (select d.* from dated d order by d.due_end < $4, abs(d.due_on - $4), d.id limit 24)
	select jsonb_build_object(''kind'', ''timeline'', ''title'', ''Deadlines'', ''as_of'', $4,
		''left_out'', (select count(*) from dated) - count(*), ''series'', jsonb_agg(jsonb_build_object(''label'', n.reference, ''from'', n.due_on,
			''to'', n.due_end, ''status'', n.status, ''timeliness'', n.timeliness) order by n.due_on, n.due_end, n.id))
	from nearest n having count(*) > 0'
	into answer using scope.filter, scope.as_of, scope.known_at, scope.as_of, scope.login, scope.since;
	return answer;
end
$$;

-- What a group word is of an obligation: its value, and the column that it belongs to.
create or replace function mandate.report_group(word text, out value text, out col text) language sql immutable as $$
	select case word when 'addressee' then 'coalesce(a.name, ''~'')' when 'owner' then 'coalesce(o.owner, ''~'')'
			when 'unit' then 'coalesce(o.unit, ''~'')' when 'kind' then 'coalesce(o.kind, ''~'')' when 'status' then 'o.status'
			when 'force' then 'o.force' when 'body' then 'coalesce(r.body, ''~'')'
			when 'month' then 'coalesce(to_char(o.due_on, ''YYYY-MM''), ''~'')'
			when 'age' then 'case when $4 - o.due_end <= 30 then ''0-30 days'' when $4 - o.due_end <= 90 then ''31-90 days''
				when $4 - o.due_end <= 180 then ''91-180 days'' else ''more than 180 days'' end'
			when 'resolution' then 'coalesce(to_char(r.adopted_on, ''YYYYMMDD''), ''99999999'') || chr(9) || r.id'
			when 'paragraph' then 'coalesce(r.id, 0) || '':'' || coalesce(c.paragraph_n, 0)'
			else '''''' end,
		case word when 'month' then 'due_month' when 'age' then 'age' when 'none' then null else word end
$$;

create or replace function mandate.report_order(sort text) returns text language sql immutable as $$
	select case sort when 'due' then 'coalesce(to_char(o.due_on, ''YYYYMMDD''), ''99999999'')'
		when 'overdue' then 'coalesce(lpad((o.due_end - date ''0001-01-01'')::text, 8, ''0''), ''99999999'')'
		when 'updated' then 'lpad((99999999 - to_char(o.last_effective, ''YYYYMMDD'')::int)::text, 8, ''0'')'
		when 'urgency' then 'lpad((100000 - (mandate.urgency(o.row, $4)->>''points'')::int)::text, 6, ''0'')'
		else '''''' end
$$;

-- Which come next after a key: their codes, their groups, and the last key where there are more. An obligation's
-- code is its number; RESOLUTION:PARAGRAPH is a paragraph that has none and is shown all the same.
create or replace function mandate.report_window(scope mandate.report_scope, condition text, after text, many int,
	out codes text[], out groups text[], out last text)
language plpgsql stable as $$
declare
	g text := (mandate.report_group(scope.group_by)).value;
	-- By paragraph the order is the resolution's own.
	first text := case when scope.group_by in ('paragraph', 'none') then '''''' else g end;
	whole boolean := scope.group_by = 'paragraph' and scope.filter = '[]' and scope.since is null;
begin
	execute format('with one as (
		select o.id::text as code, %s as g, (%s || chr(9) || %s || chr(9) || coalesce(to_char(r.adopted_on, ''YYYYMMDD''), ''99999999'') || '' ''
			|| coalesce(r.symbol, '''') || chr(9) || lpad(coalesce(c.paragraph_n, 0)::text, 6, ''0'') || lpad(coalesce(o.position, 0)::text, 10, ''0'')
			|| lpad(coalesce(o.occurrence, 0)::text, 6, ''0'') || lpad(o.id::text, 10, ''0'')) collate "C" as key, r.id as resolution, c.paragraph_n
		from (select o.* %s) o
		left join mandate.resolution_known($3) r on r.id = o.resolution_id
		left join (select d.resolution_id, d.reference, min(d.paragraph_n) as paragraph_n from mandate.clause_known($3) d where d.tracked group by 1, 2) c
			on c.resolution_id = o.resolution_id and c.reference = split_part(o.reference, ''#'', 1)
		%s),
	alone as (
		select p.resolution_id || '':'' || p.n as code, p.resolution_id || '':'' || p.n as g, (chr(9) || chr(9) || coalesce(to_char(r.adopted_on, ''YYYYMMDD''), ''99999999'')
			|| '' '' || r.symbol || chr(9) || lpad(p.n::text, 6, ''0'')) collate "C" as key
		from mandate.resolution_known($3) r join mandate.paragraph_known($3) p on p.resolution_id = r.id and p.part = ''operative''
		where %L and r.id in (select one.resolution from one) and not exists (select from one where one.resolution = r.id and one.paragraph_n = p.n)
			-- What an adopted draft asked stands under the symbol that it was adopted as.
			and not (p.nested and exists (select from mandate.resolution_known($3) b where b.drafted_in = r.id))),
	next as (
		select e.code, e.g, e.key from (select one.code, one.g, one.key from one union all select a.code, a.g, a.key from alone a) e
		where $7 is null or e.key > $7 order by e.key limit $8)
	select coalesce(array_agg(n.code order by n.key), ''{}''), coalesce(array_agg(n.g order by n.key), ''{}''),
		case when count(*) = $8 then max(n.key) end from next n',
		g, first, mandate.report_order(scope.sort), mandate.report_from(scope, condition),
		case when scope.group_by = 'addressee' then 'left join lateral (select distinct coalesce(nullif(x->>''name'', ''''), x->>''text'') as name
			from jsonb_array_elements(o.addressees) x) a on true' else '' end, whole)
	into codes, groups, last
	using scope.filter, scope.as_of, scope.known_at, scope.as_of, scope.login, scope.since, after, many;
end
$$;

-- The headings that a group's value begins. Level 2 is a paragraph under its resolution.
create or replace function mandate.report_heading(scope mandate.report_scope, g text, before text) returns text language plpgsql stable as $$
declare
	col text := (mandate.report_group(scope.group_by)).col;
	r record;
	p record;
	lines text := '';
	value jsonb;
begin
	if scope.group_by = 'none' then
		return '';
	elsif scope.group_by in ('paragraph', 'resolution') then
		select * into r from mandate.resolution_known(scope.known_at) x where x.id = (case scope.group_by when 'paragraph' then split_part(g, ':', 1) else split_part(g, chr(9), 2) end)::int;
		if scope.group_by = 'resolution' or split_part(coalesce(before, ''), ':', 1) <> split_part(g, ':', 1) then
			lines := jsonb_build_object('heading', jsonb_build_object('level', 1, 'of', 'resolution', 'value', r.symbol, 'title', coalesce(r.title, ''),
				'fields', jsonb_strip_nulls(jsonb_build_object('resolution', r.symbol, 'resolution_title', r.title, 'body', r.body,
					'resolution_state', r.state, 'adopted_on', r.adopted_on, 'lineage', nullif(mandate.lineage(r.id, scope.known_at), '[]')))))::text || E'\n';
		end if;
		if scope.group_by = 'resolution' then
			return lines;
		end if;
		select * into p from mandate.paragraph_known(scope.known_at) x where x.resolution_id = r.id and x.n = split_part(g, ':', 2)::int;
		return lines || jsonb_build_object('heading', jsonb_build_object('level', 2, 'of', 'paragraph', 'value', coalesce(p.label, '0'), 'text', p.text,
			'asks_nothing', not exists (select from mandate.clause_known(scope.known_at) c where c.resolution_id = r.id and c.paragraph_n = p.n and c.tracked),
			'fields', jsonb_strip_nulls(jsonb_build_object('resolution', r.symbol, 'paragraph', coalesce(p.label, '0'), 'text', p.text))))::text || E'\n';
	end if;
	value := case when g = '~' then 'null' when scope.group_by = 'owner' then mandate.officer_short(g, scope.known_at) else to_jsonb(g) end;
	return jsonb_build_object('heading', jsonb_build_object('level', 1, 'of', col, 'value', value, 'fields', jsonb_build_object(col, value)))::text || E'\n';
end
$$;

-- The lines of some codes: a heading wherever a new group begins, then the row.
create or replace function mandate.report_lines(scope mandate.report_scope, columns text[], codes text[], groups text[], before text)
returns table (lines text, many bigint) language sql stable as $$
	with wanted as (
		select x.code, x.g, x.n, lag(x.g, 1, before) over (order by x.n) as earlier
		from unnest(codes, groups) with ordinality x(code, g, n)),
	made as (
		select w.n, r.k, case when w.g is distinct from w.earlier and row_number() over (partition by w.n order by r.k) = 1
			then mandate.report_heading(scope, w.g, w.earlier) else '' end as heading, r.row
		from wanted w left join mandate.report_rows_of(scope, columns, (select array_agg(distinct x.code::int) from unnest(codes) x(code) where x.code not like '%:%')) r
			on r.code = w.code)
	select coalesce(string_agg(m.heading || coalesce('{"row": ' || m.row::text || E'}\n', ''), '' order by m.n, m.k), ''), count(m.row) from made m
$$;

-- A page: the window is filled when it is empty, and some hundreds of it are told.
create or replace function mandate.report_list_page(scope mandate.report_scope, at jsonb) returns text language plpgsql stable as $$
declare
	page constant int := 250;
	kind record;
	codes text[] := array(select jsonb_array_elements_text(coalesce(at->'codes', '[]')));
	groups text[] := array(select jsonb_array_elements_text(coalesce(at->'groups', '[]')));
	after text := at->>'after';
	before text := at->>'group';
	rows bigint := (at->>'rows')::bigint;
	lines text := '';
	many bigint;
	told text;
begin
	select * into kind from mandate.report_kinds() k where k.name = scope.name;
	if (at->>'step')::int = 0 then
		lines := mandate.report_picture(mandate.report_timeline(scope, kind.condition))
			|| case when scope.name = 'slots' then mandate.report_slots(scope, kind.condition) else '' end
			|| jsonb_build_object('part', 'obligations', 'title', 'Obligations', 'columns', kind.columns, 'layout', kind.layout, 'group', scope.group_by)::text || E'\n';
	end if;
	if scope.name = 'slots' and (at->>'step')::int = 0 then
		rows := rows + (select count(*) from regexp_matches(lines, '^\{"row": ', 'gn'));
	end if;
	if codes = '{}' and ((at->>'step')::int = 0 or after is not null) then
		select w.codes, w.groups, w.last into codes, groups, after from mandate.report_window(scope, kind.condition, after, 20000) w;
	end if;
	select l.lines, l.many into told, many from mandate.report_lines(scope, kind.columns, codes[:page], groups[:page], before) l;
	rows := rows + many;
	before := coalesce(groups[least(page, array_length(groups, 1))], before);
	lines := lines || told;
	if codes[page + 1:] = '{}' and after is null then
		return lines || jsonb_build_object('end', jsonb_build_object('rows', rows))::text || E'\n';
	end if;
	return lines || jsonb_build_object('next', jsonb_build_object('scope', to_jsonb(scope), 'step', (at->>'step')::int + 1, 'rows', rows,
		'codes', to_jsonb(codes[page + 1:]), 'groups', to_jsonb(groups[page + 1:]), 'after', after, 'group', before))::text;
end
$$;
