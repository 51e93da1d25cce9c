-- Treaties: who has signed and joined when, and for whom it is in force since when. All of it is computed
-- from the entries of the treaty's ledger, as of a day and as known at a time; nothing stores a count.
set role mandate_owner;

create or replace function mandate.load_treaties(data jsonb) returns void language sql as $$
	insert into mandate.ledger (code, kind) select r->>'code', 'treaty' from jsonb_array_elements(data) r
	on conflict do nothing;
	insert into mandate.treaty (code, name, aliases, adopted_on, adopted_by, open_from, open_until, parent, threshold, force_days,
		later_days, withdrawal_months, organizations_count, basis)
	select r->>'code', r->>'name', coalesce(string_to_array(nullif(r->>'aliases', ''), '|'), '{}'), nullif(r->>'adopted_on', '')::date,
		coalesce(r->>'adopted_by', ''), nullif(r->>'open_from', '')::date, nullif(r->>'open_until', '')::date, nullif(r->>'parent', ''),
		(r->>'threshold')::int, (r->>'force_days')::int, (r->>'later_days')::int, (r->>'withdrawal_months')::int,
		r->>'organizations_count' = 'yes', coalesce(r->>'basis', '')
	from jsonb_array_elements(data) r
	on conflict (code) do update set name = excluded.name, aliases = excluded.aliases, adopted_on = excluded.adopted_on,
		adopted_by = excluded.adopted_by, open_from = excluded.open_from, open_until = excluded.open_until, parent = excluded.parent,
		threshold = excluded.threshold, force_days = excluded.force_days, later_days = excluded.later_days,
		withdrawal_months = excluded.withdrawal_months, organizations_count = excluded.organizations_count, basis = excluded.basis
	where treaty.added_by is null
$$;

create or replace function mandate.treaty_code(given text) returns text language sql stable as $$
	select t.code from mandate.treaty t
	where upper(given) = any (array(select upper(w) from unnest(array[t.code, t.name] || t.aliases) w))
	order by t.code limit 1
$$;

create or replace function mandate.treaty_missing(given text) returns text language sql stable as $$
	select format('there is no treaty "%s"; there are: %s; mandate treaty add CODE --name NAME adds one', given,
		(select string_agg(t.code, ', ' order by t.code) from mandate.treaty t))
$$;

create or replace function mandate.treaty_find(given text) returns mandate.treaty language plpgsql stable as $$
declare
	t mandate.treaty;
begin
	select * into t from mandate.treaty x where x.code = mandate.treaty_code(given);
	if t.code is null then
		perform mandate.refuse(404, 'no_treaty', mandate.treaty_missing(given));
	end if;
	return t;
end
$$;

-- The treaty that a text names, by its longest name: a protocol's name holds its convention's.
create or replace function mandate.treaty_named(given text) returns text language sql stable as $$
	select t.code from mandate.treaty t, unnest(array[t.name] || t.aliases) w
	where position(mandate.text_words(w) in mandate.text_words(given)) > 0
	order by length(w) desc, t.code limit 1
$$;

-- The treaty that a clause asks to join, for the state that its obligation begins with.
create or replace function mandate.clause_treaty(c mandate.clause, p mandate.paragraph) returns jsonb language sql stable as $$
	select case when c.kind = 'ratification' then jsonb_strip_nulls(jsonb_build_object('treaty',
		coalesce(mandate.treaty_named(c.action), mandate.treaty_named(p.text)))) else '{}' end
$$;

-- The change that sets an obligation's treaty, or takes it away.
create or replace function mandate.treaty_change(o mandate.obligation, request jsonb) returns jsonb language plpgsql stable as $$
begin
	if not request ? 'treaty' then
		return '{}';
	elsif request->>'treaty' is null then
		return '{"treaty": null}';
	elsif coalesce(request->>'kind', o.kind) <> 'ratification' then
		perform mandate.refuse(422, 'no_ratification', format('%s is of the kind %s; only a ratification has a treaty: '
			'mandate edit %s --kind ratification --treaty %s', o.reference, o.kind, o.reference, request->>'treaty'));
	end if;
	return jsonb_build_object('treaty', (mandate.treaty_find(request->>'treaty')).code);
end
$$;

-- Acts by which one consents to be bound: the same in effect.
create or replace function mandate.is_consent(action text) returns boolean language sql immutable as $$
	select action in ('ratification', 'acceptance', 'approval', 'accession', 'succession', 'confirmation')
$$;

-- The day of the deposit that reached the threshold. Who has left by then does not count any more.
create or replace function mandate.treaty_threshold_on(t mandate.treaty, as_of date, known_at timestamptz) returns date
language sql stable as $$
	with step as (
		select case when e.action = 'withdrawal' then (e.effective_on + make_interval(months => t.withdrawal_months))::date else e.effective_on end as day,
			case when e.action = 'withdrawal' then -1 else 1 end as n, e.n as entry
		from mandate.ledger_entries(t.code, as_of, known_at) e
		where (mandate.is_consent(e.action) or e.action = 'withdrawal') and (t.organizations_count or (e.content->>'is_state')::boolean)),
	running as (
		select s.day, sum(s.n) over (order by s.day, s.n desc, s.entry) as many from step s)
	select min(r.day) from running r where r.many >= t.threshold
$$;

-- When it enters into force: so many days after that deposit, a protocol not before its convention.
create or replace function mandate.treaty_force_on(t mandate.treaty, as_of date, known_at timestamptz, out day date, out why text)
language plpgsql stable as $$
declare
	reached date := mandate.treaty_threshold_on(t, as_of, known_at);
	p mandate.treaty;
	convention record;
begin
	if reached is null then
		why := format('it enters into force %s after the deposit of %s', mandate.counted(t.force_days, 'day'), mandate.counted(t.threshold, 'instrument'));
		return;
	end if;
	day := reached + t.force_days;
	why := format('%s after the deposit of instrument %s on %s (%s)', mandate.counted(t.force_days, 'day'), t.threshold, mandate.date_text(reached), t.basis);
	if t.parent is not null then
		select * into p from mandate.treaty x where x.code = t.parent;
		select * into convention from mandate.treaty_force_on(p, as_of, known_at);
		if convention.day is null then
			day := null;
			why := format('not before %s is in force; %s', p.code, convention.why);
		elsif convention.day > day then
			day := convention.day;
			why := format('%s; not before %s, on %s', why, p.code, mandate.date_text(convention.day));
		end if;
	end if;
end
$$;

-- One row for each participant: what it did, and since when the treaty is in force for it.
create or replace function mandate.treaty_book(t mandate.treaty, as_of date, known_at timestamptz)
returns table (party text, is_state boolean, signed_on date, action text, deposited_on date, in_force_on date, why text,
	withdrew_on date, left_on date, joined boolean)
language plpgsql stable as $$
declare
	reached date := mandate.treaty_threshold_on(t, as_of, known_at);
	force date := (mandate.treaty_force_on(t, as_of, known_at)).day;
	p mandate.treaty;
begin
	if t.parent is not null then
		select * into p from mandate.treaty x where x.code = t.parent;
	end if;
	return query
	with acts as (
		select e.party, (e.content->>'is_state')::boolean as is_state, e.action, e.effective_on as day, e.n
		from mandate.ledger_entries(t.code, as_of, known_at) e),
	one as (
		select a.party, bool_or(a.is_state) as is_state, min(a.day) filter (where a.action = 'signature') as signed_on,
			(array_agg(a.action order by a.day desc, a.n desc) filter (where mandate.is_consent(a.action)))[1] as action,
			max(a.day) filter (where mandate.is_consent(a.action)) as deposited_on,
			max(a.day) filter (where a.action = 'withdrawal') as withdrew_on
		from acts a group by a.party),
	lasting as (
		select o.*, case when o.withdrew_on >= o.deposited_on then (o.withdrew_on + make_interval(months => t.withdrawal_months))::date end as left_on
		from one o),
	convention as (
		select c.party, c.in_force_on from mandate.treaty_book(p, as_of, known_at) c where p.code is not null and c.joined)
	select l.party, l.is_state, l.signed_on, l.action, l.deposited_on,
		case when l.deposited_on is null or force is null then null
			when t.parent is not null and c.in_force_on is null then null
			else greatest(case when l.deposited_on <= reached then force else greatest(l.deposited_on + t.later_days, force) end, c.in_force_on) end,
		case when l.deposited_on is null then null
			when force is null then 'when the treaty enters into force'
			when t.parent is not null and c.in_force_on is null then format('when %s is in force for it', t.parent)
			when l.deposited_on <= reached then 'with the treaty'
			else format('%s after its deposit, never before the treaty', mandate.counted(t.later_days, 'day')) end
			|| case when c.in_force_on > force and c.in_force_on > l.deposited_on + t.later_days then format('; not before %s', t.parent) else '' end,
		case when l.withdrew_on >= l.deposited_on then l.withdrew_on end, l.left_on,
		l.deposited_on is not null and (l.left_on is null or l.left_on > coalesce(as_of, mandate.today()))
	from lasting l left join convention c on c.party = l.party;
end
$$;

-- Who has not joined, of a group of States, as of the day.
create or replace function mandate.treaty_missing_states(t mandate.treaty, of_group text, as_of date, known_at timestamptz)
returns table (alpha3 text, signed_on date) language sql stable as $$
	select m.m, b.signed_on from mandate.group_members(coalesce(of_group, 'MEMBERS'), coalesce(as_of, mandate.today())) m(m)
	left join mandate.treaty_book(t, as_of, known_at) b on b.party = m.m
	where not coalesce(b.joined, false)
$$;

create or replace function mandate.treaty_json(t mandate.treaty) returns jsonb language sql stable as $$
	select jsonb_build_object('code', t.code, 'name', t.name, 'aliases', t.aliases, 'adopted_on', t.adopted_on, 'adopted_by', t.adopted_by,
		'open_from', t.open_from, 'open_until', t.open_until, 'parent', t.parent, 'threshold', t.threshold, 'force_days', t.force_days,
		'later_days', t.later_days, 'withdrawal_months', t.withdrawal_months, 'organizations_count', t.organizations_count, 'basis', t.basis)
$$;

-- The figures of a treaty: how many have signed and joined, what the threshold lacks, and since when it is in force.
create or replace function mandate.treaty_figures(t mandate.treaty, as_of date, known_at timestamptz) returns jsonb
language sql stable as $$
	select jsonb_build_object('signatories', count(*) filter (where b.signed_on is not null),
		'parties', count(*) filter (where b.joined), 'organizations', count(*) filter (where b.joined and not b.is_state),
		'lacking', greatest(t.threshold - count(*) filter (where b.joined and (b.is_state or t.organizations_count)), 0),
		'threshold_on', mandate.treaty_threshold_on(t, as_of, known_at), 'in_force_on', (mandate.treaty_force_on(t, as_of, known_at)).day,
		'in_force_why', (mandate.treaty_force_on(t, as_of, known_at)).why)
	from mandate.treaty_book(t, as_of, known_at) b
$$;

-- What an obligation to join shows: the live set of those who have not.
create or replace function mandate.obligation_treaty(o mandate.obligation, today date, known_at timestamptz) returns jsonb
language plpgsql stable as $$
declare
	t mandate.treaty;
begin
	select * into t from mandate.treaty x where x.code = coalesce(o.treaty, case when o.kind = 'ratification'
		and mandate.member_unsaid(o.id, 'treaty') then coalesce(mandate.treaty_named(o.action), mandate.treaty_named(o.text)) end);
	if t.code is null then
		return null;
	end if;
	return jsonb_build_object('code', t.code, 'name', t.name) || mandate.treaty_figures(t, today, known_at) || (
		select jsonb_build_object('members', (select count(*) from mandate.group_members('MEMBERS', today)),
			'missing', coalesce(jsonb_agg(m.alpha3 order by m.alpha3), '[]'), 'missing_signed', count(m.signed_on))
		from mandate.treaty_missing_states(t, null, today, known_at) m);
end
$$;

create or replace function api.treaty_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((select jsonb_agg(mandate.treaty_json(t) || mandate.treaty_figures(t, null, null)
		order by t.adopted_on, t.code) from mandate.treaty t), '[]'));
end
$$;

create or replace function api.treaty_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'treaty_add', request);
	new_code text := upper(request->>'code');
	t mandate.treaty;
begin
	if answer is not null then
		return answer;
	end if;
	if new_code !~ '^[A-Z][A-Z0-9_-]{0,31}$' then
		perform mandate.refuse(422, 'bad_code', 'a code is up to 32 letters, digits and hyphens, and begins with a letter');
	elsif exists (select from mandate.ledger l where l.code = new_code) then
		perform mandate.refuse(409, 'code_taken', format('%s is here already', new_code));
	end if;
	insert into mandate.ledger (code, kind) values (new_code, 'treaty');
	insert into mandate.treaty (code, name, aliases, adopted_on, adopted_by, open_from, open_until, parent, threshold, force_days, later_days,
		withdrawal_months, organizations_count, basis, added_by)
	values (new_code, request->>'name', coalesce(string_to_array(request->>'aliases', '|'), '{}'), mandate.request_date(request, 'adopted_on'),
		coalesce(request->>'adopted_by', ''), mandate.request_date(request, 'open_from'), mandate.request_date(request, 'open_until'),
		case when request ? 'parent' then (mandate.treaty_find(request->>'parent')).code end, (request->>'threshold')::int,
		coalesce((request->>'force_days')::int, 90), coalesce((request->>'later_days')::int, 30),
		coalesce((request->>'withdrawal_months')::int, 12), coalesce((request->>'organizations_count')::boolean, false),
		format('added by %s', officer.name), officer.id)
	returning * into t;
	return mandate.request_end(officer, request, mandate.treaty_json(t));
end
$$;

create or replace function api.treaty_status(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	t mandate.treaty;
	as_of date := coalesce(mandate.request_date(request, 'as_of'), mandate.today());
	known_at timestamptz := mandate.request_known_at(request);
	of_group text := upper(request->>'group');
	members text[];
begin
	perform mandate.caller_require(caller, 'viewer');
	t := mandate.treaty_find(request->>'treaty');
	members := array(select m from mandate.group_members(coalesce(of_group, 'MEMBERS'), as_of) m);
	return jsonb_build_object('treaty', mandate.treaty_json(t), 'as_of', as_of, 'known_at', mandate.time_text(known_at), 'group', of_group)
		|| mandate.treaty_figures(t, as_of, known_at)
		|| (select jsonb_build_object('rows', coalesce(jsonb_agg(to_jsonb(b) || jsonb_build_object('name', mandate.party_name_of(b.party))
				order by coalesce(b.deposited_on, b.signed_on), b.party), '[]'))
			from mandate.treaty_book(t, as_of, known_at) b where of_group is null or b.party = any (members))
		|| (select jsonb_build_object('members', cardinality(members),
				'signed_only', coalesce(jsonb_agg(jsonb_build_object('party', m.alpha3, 'name', mandate.party_name_of(m.alpha3), 'signed_on', m.signed_on)
					order by m.signed_on, m.alpha3) filter (where m.signed_on is not null), '[]'),
				'neither', coalesce(jsonb_agg(jsonb_build_object('party', m.alpha3, 'name', mandate.party_name_of(m.alpha3))
					order by mandate.party_name_of(m.alpha3) collate "C")
					filter (where m.signed_on is null), '[]'))
			from mandate.treaty_missing_states(t, of_group, as_of, known_at) m);
end
$$;

create or replace function api.treaty_log(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	t mandate.treaty;
	of_party text;
begin
	perform mandate.caller_require(caller, 'viewer');
	t := mandate.treaty_find(request->>'treaty');
	if request ? 'party' then
		of_party := (mandate.party_find(request->>'party')).code;
	end if;
	return jsonb_build_object('treaty', t.code, 'rows', coalesce((
		select jsonb_agg(mandate.entry_json(e) || jsonb_build_object('name', mandate.party_name_of(e.party)) order by e.n)
		from mandate.entry e where e.ledger = t.code and (of_party is null or e.party = of_party)), '[]'));
end
$$;
