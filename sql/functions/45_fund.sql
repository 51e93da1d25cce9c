-- Funds, rates of exchange and donors: what a contribution is given to, converted by and given by.
set role mandate_owner;

create or replace function mandate.load_funds(data jsonb) returns void language sql as $$
	insert into mandate.ledger (code, kind) select r->>'code', 'fund' from jsonb_array_elements(data) r
	on conflict do nothing;
	insert into mandate.fund (code, name, aliases, manager, created_by, part_of, basis)
	select r->>'code', r->>'name', coalesce(string_to_array(nullif(r->>'aliases', ''), '|'), '{}'), coalesce(r->>'manager', ''),
		coalesce(r->>'created_by', ''), nullif(r->>'part_of', ''), coalesce(r->>'basis', '')
	from jsonb_array_elements(data) r
	on conflict (code) do update
	set name = excluded.name, aliases = excluded.aliases, manager = excluded.manager,
		created_by = excluded.created_by, part_of = excluded.part_of, basis = excluded.basis
	where fund.added_by is null
$$;

create or replace function mandate.load_currencies(data jsonb) returns void language sql as $$
	insert into mandate.currency (code, name, list) select r->>'code', r->>'name', r->>'list' from jsonb_array_elements(data) r
	on conflict (code) do update set name = excluded.name, list = excluded.list
$$;

-- The code of the fund that a word means, by code, name or alias; NULL where there is none.
create or replace function mandate.fund_code(given text) returns text language sql stable as $$
	select f.code from mandate.fund f
	where upper(given) = any (array(select upper(w) from unnest(array[f.code, f.name] || f.aliases) w))
	order by f.code limit 1
$$;

create or replace function mandate.fund_missing(given text) returns text language plpgsql stable as $$
begin
	return format('there is no fund "%s"; there are: %s; mandate fund add CODE --name NAME adds one', given,
		(select string_agg(f.code, ', ' order by f.code) from mandate.fund f));
end
$$;

create or replace function mandate.fund_find(given text) returns mandate.fund language plpgsql stable as $$
declare
	f mandate.fund;
begin
	select * into f from mandate.fund x where x.code = mandate.fund_code(given);
	if f.code is null then
		perform mandate.refuse(404, 'no_fund', mandate.fund_missing(given));
	end if;
	return f;
end
$$;

-- Words alone, each between blanks, so that a name is found as whole words.
create or replace function mandate.text_words(given text) returns text language sql immutable as $$
	select ' ' || trim(regexp_replace(lower(given), '[^[:alnum:]]+', ' ', 'g')) || ' '
$$;

-- The fund that a text names; of several the one with the longest name.
create or replace function mandate.fund_named(given text) returns text language sql stable as $$
	select f.code from mandate.fund f, unnest(array[f.code, f.name] || f.aliases) w
	where position(mandate.text_words(w) in mandate.text_words(given)) > 0
	order by length(w) desc, f.code limit 1
$$;

-- The fund that a clause asks to contribute to, for the state that its obligation begins with.
create or replace function mandate.clause_fund(c mandate.clause, p mandate.paragraph) returns jsonb language sql stable as $$
	select case when c.kind = 'contribution' then jsonb_strip_nulls(jsonb_build_object('fund',
		mandate.fund_named(coalesce(c.action, p.text)))) else '{}' end
$$;

-- The change that sets an obligation's fund, or takes it away.
create or replace function mandate.fund_change(o mandate.obligation, request jsonb) returns jsonb language plpgsql stable as $$
begin
	if not request ? 'fund' then
		return '{}';
	elsif request->>'fund' is null then
		return '{"fund": null}';
	elsif coalesce(request->>'kind', o.kind) <> 'contribution' then
		perform mandate.refuse(422, 'no_contribution', format('%s is of the kind %s; only a contribution has a fund: '
			'mandate edit %s --kind contribution --fund %s', o.reference, o.kind, o.reference, request->>'fund'));
	end if;
	return jsonb_build_object('fund', (mandate.fund_find(request->>'fund')).code);
end
$$;

-- An encouragement to contribute has no end: however much is given, it is never implemented.
create or replace function mandate.fund_forbids(o mandate.obligation, to_status text) returns void language plpgsql stable as $$
begin
	if to_status = 'implemented' and o.kind = 'contribution' and o.force = 'encouragement' and o.due_on is null then
		perform mandate.refuse(422, 'status_cannot_follow', format('%s encourages contributions without an end, so it is never implemented: '
			'leave it continuing and record what is given (mandate contribution receive), or end it with a reason: --status closed '
			'or --status overtaken, with --note', o.reference));
	end if;
end
$$;

create or replace function mandate.fund_json(f mandate.fund) returns jsonb language sql stable as $$
	select jsonb_build_object('code', f.code, 'name', f.name, 'aliases', f.aliases, 'manager', f.manager,
		'created_by', f.created_by, 'part_of', f.part_of, 'basis', f.basis,
		'entries', (select l.entries from mandate.ledger l where l.code = f.code))
$$;

create or replace function api.fund_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((select jsonb_agg(mandate.fund_json(f) order by f.code) from mandate.fund f), '[]'));
end
$$;

-- Refuses a name that means a fund already, and a code that is no code or is a treaty's.
create or replace function mandate.fund_fits(request jsonb) returns void language plpgsql stable as $$
declare
	word text;
begin
	if request->>'code' !~ '^[A-Z][A-Z0-9_-]{0,31}$' then
		perform mandate.refuse(422, 'bad_fund', format('"%s" cannot be a code: a capital letter, then capital letters, digits, - and _, '
			'at most 32', request->>'code'));
	end if;
	for word in select request->>'code' union select request->>'name'
		union select jsonb_array_elements_text(coalesce(request->'aliases', '[]'))
	loop
		if mandate.fund_code(word) is not null then
			perform mandate.refuse(409, 'fund_exists', format('"%s" means the fund %s already', word, mandate.fund_code(word)));
		end if;
	end loop;
	if exists (select from mandate.ledger l where l.code = request->>'code') then
		perform mandate.refuse(409, 'fund_exists', format('%s is the code of a treaty; choose another', request->>'code'));
	end if;
end
$$;

create or replace function api.fund_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'fund_add', request);
	f mandate.fund;
	inside text;
begin
	if answer is not null then
		return answer;
	end if;
	perform mandate.fund_fits(request);
	if request->>'part_of' is not null then
		inside := (mandate.fund_find(request->>'part_of')).code;
	end if;
	insert into mandate.ledger (code, kind) values (request->>'code', 'fund');
	insert into mandate.fund (code, name, aliases, manager, created_by, part_of, basis, added_by)
	values (request->>'code', request->>'name', array(select jsonb_array_elements_text(coalesce(request->'aliases', '[]'))),
		coalesce(request->>'manager', ''), coalesce(request->>'created_by', ''), inside, 'added here by ' || officer.name, officer.id)
	returning * into f;
	return mandate.request_end(officer, request, mandate.fund_json(f));
end
$$;

-- Rates. The units of a currency for one dollar: digits with at most one point.
create or replace function mandate.rate_read(given text) returns numeric language sql immutable as $$
	select case when given ~ '^\d{1,15}(\.\d{1,10})?$' and given::numeric > 0 then given::numeric end
$$;

create or replace function mandate.rate_never_changes() returns trigger language plpgsql as $$
begin
	raise exception using errcode = 'MD409', message = 'a rate is never changed or deleted; set it again with a reason';
end
$$;

drop trigger if exists rate_never_changes on mandate.rate;
create trigger rate_never_changes before update or delete on mandate.rate
	for each row execute function mandate.rate_never_changes();
drop trigger if exists rate_never_truncated on mandate.rate;
create trigger rate_never_truncated before truncate on mandate.rate
	for each statement execute function mandate.rate_never_changes();

-- The rate that holds on a day: the newest from that day or before, and of one day the last correction.
create or replace function mandate.rate_on(of_currency text, on_day date, out rate numeric, out rate_date date)
language plpgsql stable as $$
begin
	select r.rate, r.holds_from into rate, rate_date from mandate.rate r where r.currency = of_currency and r.holds_from <= on_day
	order by r.holds_from desc, r.n desc limit 1;
end
$$;

-- Dollars at a rate, half a cent upward. Whole numbers throughout, as a quotient would be rounded twice.
create or replace function mandate.dollars(amount numeric, rate numeric) returns numeric language sql immutable as $$
	select round(div(200 * amount + rate, 2 * rate) * 0.01, 2)
$$;

-- What is wrong with a rate of a request or a row: faults as row_fault makes them, each with a word.
create or replace function mandate.rate_faults(given jsonb) returns jsonb language plpgsql stable as $$
declare
	line int := coalesce((given->>'line')::int, 0);
	faults jsonb := '[]';
	holding mandate.rate;
begin
	if given->>'currency' = 'USD' then
		faults := faults || (mandate.row_fault(line, 'currency', 'USD', 'one dollar is one dollar; it needs no rate') || '{"code":"bad_currency"}');
	elsif not exists (select from mandate.currency c where c.code = given->>'currency') then
		faults := faults || (mandate.row_fault(line, 'currency', given->>'currency', mandate.currency_missing(given->>'currency'))
			|| '{"code":"bad_currency"}');
	end if;
	if mandate.row_date(given->>'from') is null then
		faults := faults || (mandate.row_fault(line, 'from', given->>'from', format('"%s" is not a date; write it as 2005-09-13',
			given->>'from')) || '{"code":"bad_date"}');
	elsif mandate.row_date(given->>'from') > mandate.today() + 62 then
		faults := faults || (mandate.row_fault(line, 'from', given->>'from', format('%s is more than two months ahead; rates are not '
			'set so early', mandate.date_text(mandate.row_date(given->>'from')))) || '{"code":"future_date"}');
	end if;
	if mandate.rate_read(given->>'rate') is null then
		faults := faults || (mandate.row_fault(line, 'rate', given->>'rate', format('"%s" is not a rate; write the units of the currency '
			'for one dollar with digits and a point, for example 0.734', given->>'rate')) || '{"code":"bad_rate"}');
	end if;
	if faults = '[]' then
		select * into holding from mandate.rate r where r.currency = given->>'currency' and r.holds_from = (given->>'from')::date
		order by r.n desc limit 1;
		if holding.rate <> (given->>'rate')::numeric and coalesce(given->>'reason', '') = '' then
			faults := faults || (mandate.row_fault(line, 'rate', given->>'rate', format('%s from %s is %s here; the correction needs '
				'its reason: give --reason, or the column reason', holding.currency, mandate.date_text(holding.holds_from), holding.rate))
				|| '{"code":"needs_reason"}');
		end if;
	end if;
	return faults;
end
$$;

create or replace function mandate.currency_missing(given text) returns text language plpgsql stable as $$
begin
	return case when given = upper(given) or not exists (select from mandate.currency c where c.code = upper(given))
		then format('"%s" is no currency of ISO 4217; write its code of three letters, for example EUR', coalesce(given, ''))
		else format('write the currency in capitals: %s', upper(given)) end;
end
$$;

-- Writes the rates that are not here yet, in one statement, and says how many.
create or replace function mandate.rate_write(officer mandate.officer, rows jsonb) returns int language plpgsql as $$
declare
	many int;
begin
	lock table mandate.rate in share row exclusive mode;
	insert into mandate.rate (currency, holds_from, n, rate, reason, evidence, officer_id, recorded_at)
	select x.currency, x.day, coalesce(h.n, 0) + 1, x.rate, x.reason, x.evidence, officer.id, mandate.now()
	from (select r->>'currency' as currency, (r->>'from')::date as day, (r->>'rate')::numeric as rate,
			coalesce(r->>'reason', '') as reason, coalesce(r->'evidence', '[]') as evidence from jsonb_array_elements(rows) r) x
	left join lateral (select o.n, o.rate from mandate.rate o where o.currency = x.currency and o.holds_from = x.day
		order by o.n desc limit 1) h on true
	where h.rate is distinct from x.rate;
	get diagnostics many = row_count;
	return many;
end
$$;

create or replace function mandate.rate_json(r mandate.rate) returns jsonb language sql stable as $$
	select jsonb_build_object('currency', r.currency, 'from', r.holds_from, 'n', r.n, 'rate', r.rate::text, 'reason', r.reason,
		'evidence', r.evidence, 'recorded_at', mandate.time_text(r.recorded_at),
		'officer', (select jsonb_build_object('login', o.login, 'name', o.name) from mandate.officer o where o.id = r.officer_id),
		'holds', not exists (select from mandate.rate x where x.currency = r.currency and x.holds_from = r.holds_from and x.n > r.n))
$$;

create or replace function api.rate_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((select jsonb_agg(mandate.rate_json(r) order by r.currency, r.holds_from, r.n)
		from mandate.rate r where request->>'currency' is null or r.currency = upper(request->>'currency')), '[]'));
end
$$;

create or replace function api.rate_set(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'rate_set', request);
	faults jsonb;
	many int;
	r mandate.rate;
begin
	if answer is not null then
		return answer;
	end if;
	faults := mandate.rate_faults(request);
	if faults <> '[]' then
		perform mandate.refuse(422, faults->0->>'code', faults->0->>'message');
	end if;
	many := mandate.rate_write(officer, jsonb_build_array(request));
	select * into r from mandate.rate x where x.currency = request->>'currency' and x.holds_from = (request->>'from')::date
	order by x.n desc limit 1;
	return mandate.request_end(officer, request, mandate.rate_json(r) || jsonb_build_object('already', many = 0));
end
$$;

create or replace function api.rate_import(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'rate_import', request) end;
	faults jsonb;
	rows jsonb := mandate.rows_given(request);
	many int := jsonb_array_length(rows);
	fresh int;
begin
	if answer is not null then
		return answer;
	end if;
	select coalesce(jsonb_agg(f.fault), '[]') into faults from (
		select f - 'code' as fault from jsonb_array_elements(rows) r, jsonb_array_elements(mandate.rate_faults(r)) f
		union all
		select mandate.row_fault((x.r->>'line')::int, 'from', x.r->>'from', format('%s has a rate from that day already, in line %s',
			x.r->>'currency', x.before))
		from (select r, lag(r->>'line') over (partition by r->>'currency', r->>'from' order by n) as before
			from jsonb_array_elements(rows) with ordinality e(r, n)) x
		where x.before is not null) f;
	perform mandate.rows_require(faults, many);
	begin
		fresh := mandate.rate_write(officer, (select coalesce(jsonb_agg(r || jsonb_build_object('evidence', mandate.row_evidence(r->>'evidence'))
			order by n), '[]') from jsonb_array_elements(rows) with ordinality x(r, n)));
		answer := jsonb_build_object('rows', many, 'added', fresh, 'already', many - fresh, 'dry_run', dry);
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer;
	end;
	return mandate.request_end(officer, request, answer);
end
$$;

-- Several pieces of evidence in one column stand apart by a bar.
create or replace function mandate.row_evidence(given text) returns jsonb language sql immutable as $$
	select coalesce(jsonb_agg(trim(e) order by n), '[]') from regexp_split_to_table(nullif(trim(given), ''), '\|') with ordinality x(e, n)
	where trim(e) <> ''
$$;

-- Who a donor is, or in fault why nobody can say. Anybody else than a State or an organization is a donor
-- only where it is said that it is private, so that a misspelled State never becomes one; known is known.
create or replace function mandate.donor_look(given text, private boolean, out code text, out name text, out kind text,
	out fault text) language plpgsql stable as $$
begin
	select * into code, name, kind from mandate.party_known(given);
	if code is not null and private then
		fault := format('"%s" is %s %s, not a private donor', given, case kind when 'state' then 'the State' else 'the organization' end, name);
	end if;
	if code is not null then
		return;
	end if;
	select e.party into code from mandate.entry e
	where upper(e.party) = upper(trim(given)) and e.content->>'donor_type' = 'private' limit 1;
	if code is not null or private then
		code := coalesce(code, trim(given));
		name := code;
		kind := 'private';
		return;
	end if;
	fault := mandate.party_missing(given);
end
$$;

-- A donor that has to be there, for a list.
create or replace function mandate.donor_find(given text) returns text language plpgsql stable as $$
declare
	d record;
begin
	select * into d from mandate.donor_look(given, false);
	if d.fault is not null then
		perform mandate.refuse(404, 'no_party', d.fault);
	end if;
	return d.code;
end
$$;

create or replace function mandate.donor_name(of_party text, of_kind text) returns text language sql stable as $$
	select case of_kind
		when 'private' then of_party else mandate.party_name_of(of_party) end
$$;

-- States by their region; who is no State stands by what it is.
create or replace function mandate.donor_region(of_party text, of_kind text) returns text language sql stable as $$
	select case of_kind
		when 'state' then coalesce((select nullif(s.details->>'region', '') from mandate.state s where s.alpha3 = of_party), 'No region')
		when 'organization' then 'Organizations' else 'Private donors' end
$$;
