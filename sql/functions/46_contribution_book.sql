-- What stands in the funds' books on a date, as known at a time, and what it adds up to. Nothing here is stored.
set role mandate_owner;

-- Corrections of an entry bear the number of the first.
create or replace function mandate.entry_first(e mandate.entry) returns int language sql immutable as $$
	select coalesce((e.content->>'first')::int, e.n)
$$;

-- The standing entries of a fund, or of all. paid is what was received for a pledge, in its own currency:
-- what came in another is counted by its dollars at the pledge's rate. What is outstanding is in dollars at the
-- pledge's rate too. A receipt is of its pledge's year unless it says another.
create or replace function mandate.contribution_book(of_fund text, as_of date, known_at timestamptz)
returns table (fund text, n int, first int, action text, party text, kind text, day date, amount numeric, currency text,
	rate numeric, usd numeric, in_kind boolean, earmarked boolean, year int, due date, pledge int, paid numeric,
	outstanding numeric, outstanding_usd numeric)
language sql stable as $$
	with standing as (
		select f.code as fund, e.n, mandate.entry_first(e) as first, e.action, e.party, e.content->>'donor_type' as kind,
			e.effective_on as day, (e.content->>'amount')::numeric as amount, e.content->>'currency' as currency,
			(e.content->>'rate')::numeric as rate, (e.content->>'usd')::numeric as usd, e.content ? 'in_kind' as in_kind,
			e.content ? 'earmark' as earmarked, (e.content->>'for_year')::int as for_year, (e.content->>'due')::date as due,
			case e.action when 'pledge' then mandate.entry_first(e) else (e.content->>'pledge')::int end as line
		from mandate.fund f, lateral mandate.ledger_entries(f.code, as_of, known_at) e
		where of_fund is null or f.code = of_fund),
	-- Windows in place of joins: a new ledger has no statistics, and a join of it with itself goes wrong.
	lined as (
		select s.*, max(s.currency) filter (where s.action = 'pledge') over w as pledge_currency,
			max(s.rate) filter (where s.action = 'pledge') over w as pledge_rate,
			max(s.first) filter (where s.action = 'pledge') over w as pledge_first,
			max(coalesce(s.for_year, extract(year from s.day)::int)) filter (where s.action = 'pledge') over w as pledge_year
		from standing s window w as (partition by s.fund, s.line)),
	paid as (
		select l.*, coalesce(sum(case when l.currency = l.pledge_currency then l.amount else round(l.usd * l.pledge_rate, 4) end)
			filter (where l.action = 'receipt') over (partition by l.fund, l.line), 0) as paid
		from lined l)
	select p.fund, p.n, p.first, p.action, p.party, p.kind, p.day, p.amount, p.currency, p.rate, p.usd, p.in_kind, p.earmarked,
		coalesce(p.for_year, p.pledge_year, extract(year from p.day)::int), p.due,
		case when p.action = 'receipt' then p.pledge_first end,
		case when p.action = 'pledge' then p.paid end,
		case when p.action = 'pledge' then greatest(p.amount - p.paid, 0) end,
		case when p.action <> 'pledge' then null when p.paid = 0 then p.usd
			else mandate.dollars(greatest(p.amount - p.paid, 0), p.rate) end
	from paid p
$$;

create or replace function mandate.money(amount numeric) returns text language sql immutable as $$
	select round(coalesce(amount, 0), 2)::text
$$;

create or replace function mandate.contribution_part(pledged numeric, received numeric) returns jsonb language sql immutable as $$
	select jsonb_build_object('pledged', mandate.money(pledged), 'received', mandate.money(received))
$$;

-- Sums of the book in dollars: one row for all (key NULL), and one for each donor, fund, year or region.
create or replace function mandate.contribution_sums(of_fund text, of_party text, of_year int, as_of date, known_at timestamptz, by_what text)
returns table (key text, kind text, sums jsonb) language sql stable as $$
	with book as (
		select b.*, case by_what when 'donor' then b.party when 'fund' then b.fund when 'year' then b.year::text
			when 'region' then mandate.donor_region(b.party, b.kind) end as k
		from mandate.contribution_book(of_fund, as_of, known_at) b
		where (of_party is null or b.party = of_party) and (of_year is null or b.year = of_year))
	select b.k, min(b.kind), jsonb_build_object('donors', count(distinct b.party), 'pledges', count(*) filter (where b.action = 'pledge'),
		'receipts', count(*) filter (where b.action = 'receipt'),
		'pledged', mandate.money(sum(b.usd) filter (where b.action = 'pledge')),
		'received', mandate.money(sum(b.usd) filter (where b.action = 'receipt')),
		'received_for_pledges', mandate.money(sum(b.usd) filter (where b.pledge is not null)),
		'outstanding', mandate.money(sum(b.outstanding_usd)),
		'overdue', mandate.money(sum(b.outstanding_usd) filter (where b.due < coalesce(as_of, mandate.today()))),
		'cash', mandate.contribution_part(sum(b.usd) filter (where b.action = 'pledge' and not b.in_kind),
			sum(b.usd) filter (where b.action = 'receipt' and not b.in_kind)),
		'in_kind', mandate.contribution_part(sum(b.usd) filter (where b.action = 'pledge' and b.in_kind),
			sum(b.usd) filter (where b.action = 'receipt' and b.in_kind)),
		'earmarked', mandate.contribution_part(sum(b.usd) filter (where b.action = 'pledge' and b.earmarked),
			sum(b.usd) filter (where b.action = 'receipt' and b.earmarked)),
		'general_purpose', mandate.contribution_part(sum(b.usd) filter (where b.action = 'pledge' and not b.earmarked),
			sum(b.usd) filter (where b.action = 'receipt' and not b.earmarked)))
	from book b group by grouping sets ((), (b.k)) having grouping(b.k) = 1 or b.k is not null
$$;

-- By how many per cent the first is more than the second; NULL where the second is nothing.
create or replace function mandate.percent_more(amount numeric, before numeric) returns int language sql immutable as $$
	select round((coalesce(amount, 0) - before) * 100 / nullif(before, 0))::int
$$;

-- The year so far beside the same part of the year before, by the days on which it was pledged and received.
create or replace function mandate.contribution_trend(of_fund text, of_party text, as_of date, known_at timestamptz) returns jsonb
language sql stable as $$
	select jsonb_build_object('from', date_trunc('year', as_of)::date, 'to', as_of,
		'received', mandate.money(sum(b.usd) filter (where b.action = 'receipt' and b.day >= date_trunc('year', as_of))),
		'pledged', mandate.money(sum(b.usd) filter (where b.action = 'pledge' and b.day >= date_trunc('year', as_of))),
		'received_before', mandate.money(sum(b.usd) filter (where b.action = 'receipt' and b.day between y.first and y.last)),
		'pledged_before', mandate.money(sum(b.usd) filter (where b.action = 'pledge' and b.day between y.first and y.last)),
		'received_percent', mandate.percent_more(sum(b.usd) filter (where b.action = 'receipt' and b.day >= date_trunc('year', as_of)),
			sum(b.usd) filter (where b.action = 'receipt' and b.day between y.first and y.last)),
		'pledged_percent', mandate.percent_more(sum(b.usd) filter (where b.action = 'pledge' and b.day >= date_trunc('year', as_of)),
			sum(b.usd) filter (where b.action = 'pledge' and b.day between y.first and y.last)))
	from (select (date_trunc('year', as_of) - interval '1 year')::date as first, (as_of - interval '1 year')::date as last) y
	left join mandate.contribution_book(of_fund, as_of, known_at) b on of_party is null or b.party = of_party
$$;

-- Who gave for the first time on that day or later.
create or replace function mandate.contribution_new(of_fund text, since date, as_of date, known_at timestamptz) returns jsonb
language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object('code', x.party, 'name', mandate.donor_name(x.party, x.kind), 'type', x.kind,
		'first_on', x.day) order by x.day, x.party), '[]')
	from (select b.party, min(b.kind) as kind, min(b.day) as day from mandate.contribution_book(of_fund, as_of, known_at) b
		group by b.party having min(b.day) >= since) x
$$;

-- What was pledged and is outstanding in each currency, as it was pledged.
create or replace function mandate.contribution_currencies(of_fund text, of_party text, of_year int, as_of date, known_at timestamptz)
returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object('currency', x.currency, 'pledged', x.pledged::text, 'received', x.received::text,
		'outstanding', x.outstanding::text, 'outstanding_usd', mandate.money(x.usd)) order by x.currency), '[]')
	from (select b.currency, coalesce(sum(b.amount) filter (where b.action = 'pledge'), 0) as pledged,
			coalesce(sum(b.amount) filter (where b.action = 'receipt'), 0) as received,
			coalesce(sum(b.outstanding), 0) as outstanding, sum(b.outstanding_usd) as usd
		from mandate.contribution_book(of_fund, as_of, known_at) b
		where (of_party is null or b.party = of_party) and (of_year is null or b.year = of_year) group by b.currency) x
$$;

-- Which fund, donor and year a request is about.
create or replace function mandate.contribution_scope(request jsonb, out of_fund text, out of_party text, out of_year int)
language plpgsql stable as $$
begin
	if request->>'fund' is not null then
		of_fund := (mandate.fund_find(request->>'fund')).code;
	end if;
	if request->>'donor' is not null then
		of_party := mandate.donor_find(request->>'donor');
	end if;
	of_year := (request->>'year')::int;
end
$$;

-- A day, or the day on which a resolution was adopted.
create or replace function mandate.contribution_since(given text) returns date language plpgsql stable as $$
begin
	return case when given is null then null when mandate.row_date(given) is not null then given::date
		when given ~ '^\d{4}-\d{1,2}-\d{1,2}$' then mandate.request_date(jsonb_build_object('since', given), 'since')
		else (mandate.resolution_find(given)).adopted_on end;
end
$$;

create or replace function api.contribution_status(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	as_of date := coalesce(mandate.request_as_of(request), mandate.today());
	known_at timestamptz := mandate.request_known_at(request);
	since date;
	by_what text := coalesce(request->>'by', 'donor');
	s record;
begin
	perform mandate.caller_require(caller, 'viewer');
	select * into s from mandate.contribution_scope(request);
	since := mandate.contribution_since(request->>'since');
	return (
		with x as materialized (select * from mandate.contribution_sums(s.of_fund, s.of_party, s.of_year, as_of, known_at, by_what))
		select jsonb_build_object('fund', s.of_fund, 'donor', s.of_party, 'year', s.of_year, 'as_of', as_of,
			'known_at', mandate.time_text(known_at), 'by', by_what,
			'total', (select x.sums from x where x.key is null),
			'rows', coalesce((select jsonb_agg(jsonb_build_object('key', x.key, 'name', case by_what
					when 'donor' then mandate.donor_name(x.key, x.kind) when 'fund' then (select f.name from mandate.fund f where f.code = x.key)
					else x.key end) || x.sums order by case when by_what = 'year' then x.key end, (x.sums->>'received')::numeric desc,
					(x.sums->>'pledged')::numeric desc, x.key)
				from x where x.key is not null), '[]'),
			'currencies', mandate.contribution_currencies(s.of_fund, s.of_party, s.of_year, as_of, known_at),
			'trend', mandate.contribution_trend(s.of_fund, s.of_party, as_of, known_at),
			'since', since,
			'new_donors', case when since is not null then mandate.contribution_new(s.of_fund, since, as_of, known_at) end));
end
$$;

-- A book's entry as the list shows it, with the words that stand in the ledger.
create or replace function mandate.contribution_item(of_fund text, of_n int) returns jsonb
language plpgsql stable as $$
begin
	return (
		select (e.content - '{first,donor_type,rate_given}'::text[]) || jsonb_build_object('n', e.n, 'on', e.effective_on, 'note', e.note,
			'evidence', e.evidence)
		from mandate.entry e where e.ledger = of_fund and e.n = of_n);
end
$$;

-- A pledge with what was received for it, or a receipt that answers none, as one row each.
create or replace function api.contribution_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	as_of date := coalesce(mandate.request_as_of(request), mandate.today());
	known_at timestamptz := mandate.request_known_at(request);
	size int := coalesce((request->>'limit')::int, 1000);
	after text[] := coalesce(regexp_match(request->>'after', '^([A-Z0-9_-]+) (\d{4}-\d\d-\d\d) (\d{1,9})$'), '{"", 0001-01-01, 0}');
	s record;
begin
	perform mandate.caller_require(caller, 'viewer');
	if request->>'after' <> '' and after[1] = '' or mandate.row_date(after[2]) is null then
		perform mandate.refuse(422, 'bad_page', format('after: "%s" is no place in a list; give the "next" of the page before', left(request->>'after', 60)));
	end if;
	select * into s from mandate.contribution_scope(request);
	return (
		with line as (
			select b.fund, coalesce(b.pledge, b.first) as k, min(b.day) as since, max(b.n) filter (where b.pledge is null) as n, max(b.action) filter (where b.pledge is null) as action,
				max(b.party) as party, max(b.kind) as kind, max(b.day) filter (where b.pledge is null) as day,
				max(b.year) filter (where b.pledge is null) as year, max(b.outstanding) as outstanding, max(b.outstanding_usd) as outstanding_usd,
				max(b.due) as due, sum(b.usd) filter (where b.action = 'receipt') as received,
				coalesce(array_agg(b.n order by b.day, b.n) filter (where b.action = 'receipt'), '{}') as receipts
			from mandate.contribution_book(s.of_fund, as_of, known_at) b
			where s.of_party is null or b.party = s.of_party
			-- A receipt that says another year than its pledge is shown with it all the same.
			group by b.fund, coalesce(b.pledge, b.first) having s.of_year is null or s.of_year = any (array_agg(b.year))),
		-- A page begins after the last line of the one before.
		numbered as (
			select l.*, row_number() over (order by l.fund, l.since, l.k) as ord from line l
			where (l.fund, l.since, l.k) > (after[1], after[2]::date, after[3]::int) order by l.fund, l.since, l.k limit size + 1)
		select jsonb_build_object('as_of', as_of, 'known_at', mandate.time_text(known_at), 'total', (select count(*) from line),
			'next', case when count(*) > size then max(concat_ws(' ', x.fund, x.since, x.k)) filter (where x.ord = size) end,
			'rows', coalesce(jsonb_agg(mandate.contribution_line(x.fund, x.n, x.action, x.party, x.kind, x.year, x.received, x.outstanding,
				x.outstanding_usd, x.due < as_of, x.receipts) order by x.ord) filter (where x.ord <= size), '[]'),
			'sums', (select t.sums from mandate.contribution_sums(s.of_fund, s.of_party, s.of_year, as_of, known_at, 'none') t where t.key is null))
		from numbered x);
end
$$;

create or replace function mandate.contribution_line(fund text, n int, action text, party text, kind text, year int,
	received numeric, outstanding numeric, outstanding_usd numeric, overdue boolean, receipts int[]) returns jsonb
language plpgsql stable as $$
begin
	return (
		select jsonb_build_object('fund', fund, 'donor', jsonb_build_object('code', party, 'name', mandate.donor_name(party, kind), 'type', kind,
				'region', mandate.donor_region(party, kind)), 'year', year,
			'pledge', case when action = 'pledge' then mandate.contribution_item(fund, n) end,
			'receipts', coalesce((select jsonb_agg(mandate.contribution_item(fund, r) order by o) from unnest(
				receipts) with ordinality x(r, o)), '[]'),
			'received_usd', mandate.money(received),
			'outstanding', outstanding::text, 'outstanding_usd', outstanding_usd::text, 'overdue', coalesce(overdue and outstanding > 0, false)));
end
$$;

-- What an obligation to contribute comes to since its resolution was adopted, in figures and as a sentence. It
-- never completes; this is what can be said of it.
create or replace function mandate.fund_figures(o mandate.obligation, today date, known_at timestamptz) returns jsonb
language plpgsql stable as $$
declare
	f mandate.fund;
	since date := (select r.adopted_on from mandate.resolution r where r.id = o.resolution_id);
	trend jsonb;
	fresh int;
	x record;
begin
	select * into f from mandate.fund y where y.code = o.fund;
	if f.code is null then
		return null;
	end if;
	select count(distinct b.party) as donors, mandate.money(sum(b.usd) filter (where b.action = 'pledge')) as pledged,
		mandate.money(sum(b.usd) filter (where b.action = 'receipt')) as received into x
	from mandate.contribution_book(f.code, today, known_at) b where b.day >= coalesce(since, '-infinity');
	trend := mandate.contribution_trend(f.code, null, today, known_at);
	fresh := jsonb_array_length(mandate.contribution_new(f.code, since, today, known_at));
	return jsonb_build_object('code', f.code, 'name', f.name, 'since', since, 'donors', x.donors, 'pledged', x.pledged,
		'received', x.received, 'new_donors', fresh, 'trend', trend, 'said', case when x.donors = 0
			then 'no contributions' || coalesce(' since adoption on ' || since, '')
			else format('%s donor%s, US$ %s received %s %s pledged%s, %s new donor%s, %s', x.donors, mandate.plural(x.donors), mandate.thousands(x.received),
				case when x.received::numeric > x.pledged::numeric then 'and' else 'of' end, mandate.thousands(x.pledged), case when since is not null then ' since adoption' else '' end, fresh, mandate.plural(fresh),
				mandate.trend_words(trend)) end);
end
$$;

create or replace function mandate.plural(n bigint) returns text language sql immutable as $$ select case n when 1 then '' else 's' end $$;

-- "1,234,567.00" from "1234567.00".
create or replace function mandate.thousands(amount text) returns text language sql immutable as $$
	select reverse(regexp_replace(reverse(split_part(amount, '.', 1)), '(\d{3})(?=\d)', '\1,', 'g')) || '.' || split_part(amount, '.', 2)
$$;

create or replace function mandate.trend_words(trend jsonb) returns text language sql immutable as $$
	select case
		when trend->'received_percent' = 'null' and (trend->>'received')::numeric = 0 then format('nothing received in %s so far', left(trend->>'to', 4))
		when trend->'received_percent' = 'null' then 'nothing received in the same days of the year before'
		when (trend->>'received_percent')::int = 0 then 'level with the year before'
		else format('%s %s per cent on the year before', case when (trend->>'received_percent')::int > 0 then 'up' else 'down' end,
			abs((trend->>'received_percent')::int)) end || case when trend->'received_percent' <> 'null' and to_char((trend->>'to')::date, 'MM-DD') <> '12-31'
			then format(' (to %s)', regexp_replace(mandate.date_text((trend->>'to')::date), ' \d+$', '')) else '' end
$$;
