-- When bodies meet: by the rule where the table of sessions has no row.
set role mandate_owner;

-- Sessions that are numbered through the years: session n is in the year base + every * ((n - "from") / per_year),
-- in the month that stands there for it. Valid from the session "lowest" on. ECOSOC's are named by their year.
-- Without months the day has a rule of its own.
create or replace function mandate.session_rules()
returns table (body text, lowest int, base int, "from" int, every int, per_year int, months int[], said text)
language sql immutable as $$
	values
		('GA', 1, 1945, 0, 1, 1, null::int[], null),
		('ECOSOC', 1946, 0, 0, 1, 1, '{7}', 'its July session'),
		('HRC', 4, 2006, 1, 1, 3, '{3,6,9}', 'three sessions a year, in March, June and September'),
		('CCPCJ', 1, 1991, 0, 1, 1, '{5}', 'each year in May'),
		('CND', 35, 1957, 0, 1, 1, '{3}', 'each year in March'),
		('CSW', 33, 1956, 0, 1, 1, '{3}', 'each year in March'),
		('CSocD', 35, 1962, 0, 1, 1, '{2}', 'each year in February'),
		('StatCom', 30, 1969, 0, 1, 1, '{3}', 'each year at the beginning of March'),
		('CPD', 27, 1967, 0, 1, 1, '{4}', 'each year in April'),
		('CSTD', 6, 1997, 0, 1, 1, '{4}', 'each year in April'),
		('UNFF', 12, 2005, 0, 1, 1, '{5}', 'each year in May'),
		('COP-UNTOC', 3, 2000, 0, 2, 1, '{10}', 'every two years in October'),
		('COSP-UNCAC', 3, 2003, 0, 2, 1, '{12}', 'every two years in December')
$$;

-- The day on which the General Assembly opens in a year, and from which text that follows.
create or replace function mandate.assembly_opens(of_year int, out opens_on date, out basis text)
language plpgsql immutable as $$
declare
	first date := make_date(of_year, 9, 1);
	-- 0 is Monday.
	weekday int := extract(isodow from first)::int - 1;
begin
	if of_year <= 1999 then
		opens_on := first + (8 - weekday) % 7 + 14;
		basis := 'computed: third Tuesday of September';
	elsif of_year <= 2002 then
		opens_on := first + (7 - weekday) % 7 + 8;
		basis := 'computed: rule 1 as amended by 55/14';
	else
		-- The first week is the first with a working day; of a week-end, the one after.
		opens_on := first - weekday + case when weekday >= 5 then 7 else 0 end
			+ case when of_year <= 2022 then 15 else 8 end;
		basis := 'computed: rule 1 as amended by ' || case when of_year <= 2022 then '57/301' else '75/325' end;
	end if;
end
$$;

-- What the rule alone says of a session; nothing where there is none. Where only the month is known it
-- opens on the month's first day, and the basis says so. The Assembly closes when the next session opens.
create or replace function mandate.session_rule(of_body text, of_number int,
	out opens_on date, out closes_on date, out basis text)
language plpgsql immutable as $$
declare
	r record;
	which int;
	in_year int;
begin
	select * into r from mandate.session_rules() x where x.body = of_body and of_number between x.lowest and 9000;
	if not found then
		return;
	end if;
	which := of_number - r."from";
	in_year := r.base + r.every * (which / r.per_year);
	if r.months is null then
		select a.opens_on, a.basis into opens_on, basis from mandate.assembly_opens(in_year) a;
		return;
	end if;
	opens_on := make_date(in_year, r.months[which % r.per_year + 1], 1);
	closes_on := (opens_on + interval '1 month')::date - 1;
	basis := format('computed: %s; the days are not known', r.said);
	if of_body = 'ECOSOC' and in_year >= 2014 then
		opens_on := make_date(in_year - 1, 7, 1);
		basis := format('computed: from July %s to July %s (68/1); the days are not known', in_year - 1, in_year);
	end if;
end
$$;

-- The sessions that the rule puts between two years.
create or replace function mandate.session_numbers(of_body text, from_year int, to_year int) returns setof int
language plpgsql immutable as $$
declare
	r record;
begin
	select * into r from mandate.session_rules() x where x.body = of_body and x.base <= to_year;
	if found then
		return query select * from generate_series(
			greatest(r.lowest, r."from" + r.per_year * floor((from_year - r.base)::numeric / r.every)::int),
			r."from" + r.per_year * ((to_year - r.base) / r.every + 1) - 1);
	end if;
end
$$;

-- The day on which a session opens: set here, by the table or by the rule.
create or replace function mandate.session_opens(of_body text, of_number int) returns date
language plpgsql stable as $$
declare
	opens date := (select s.opens_on from mandate.session s where s.body = of_body and s.number = of_number);
begin
	return coalesce(opens, (mandate.session_rule(of_body, of_number)).opens_on);
end
$$;

-- A session: the table's row where there is one, else by rule; without a date where nobody knows one.
create or replace function mandate.session_find(of_body text, of_number int) returns mandate.session
language plpgsql stable as $$
declare
	s mandate.session;
	r record;
begin
	select * into s from mandate.session x where x.body = of_body and x.number = of_number;
	if s.opens_on is null then
		select * into r from mandate.session_rule(of_body, of_number);
		s.body := of_body;
		s.number := of_number;
		s.opens_on := r.opens_on;
		s.closes_on := r.closes_on;
		s.basis := coalesce(r.basis, nullif(s.basis, ''), 'not known');
		s.listed := coalesce(s.listed, false);
	end if;
	-- Rule 1: a session of the Assembly lasts until the next one opens.
	if of_body = 'GA' and (s.override_reason is null or s.closes_on is null or s.closes_on <= s.opens_on) then
		s.closes_on := mandate.session_opens('GA', of_number + 1) - 1;
	end if;
	return s;
end
$$;

-- What is known of it, in one word.
create or replace function mandate.session_state(s mandate.session) returns text language sql immutable as $$
	select case when s.override_reason is not null then 'set here' when s.opens_on is null then 'not known'
		when s.basis like 'computed%' then 'computed' when s.basis like 'believed%' then 'believed' else 'known' end
$$;

-- The sessions of a body that open between two days, from the table and by rule. In plpgsql, as the next two
-- are, since that keeps their plans: what comes again asks for them by the thousand.
drop function if exists mandate.session_between(text, date, date);
create function mandate.session_between(of_body text, from_day date, to_day date)
returns table (n int, opens date) language plpgsql stable as $$
begin
	return query
	select c.number, x.opens
	from (
		select s.number from mandate.session s where s.body = of_body and s.opens_on between from_day and to_day
		union
		-- A session of the Economic and Social Council opens in the year before the one that names it.
		select mandate.session_numbers(of_body, extract(year from from_day)::int, extract(year from to_day)::int + 1)) c,
		-- With an offset, so that the day is not made again for each time that it is looked at.
		lateral (select mandate.session_opens(of_body, c.number) as opens offset 0) x
	where x.opens between from_day and to_day;
end
$$;

-- The session that opens nearest to a day, within so many days of it; the earlier of two that are as near.
create or replace function mandate.session_nearest(of_body text, to_day date, within int) returns int
language plpgsql stable as $$
begin
	return (select b.n from mandate.session_between(of_body, to_day - within, to_day + within) b
		order by abs(b.opens - to_day), b.opens limit 1);
end
$$;

-- The k-th session that opens after a day.
create or replace function mandate.session_after(of_body text, after_day date, k int default 1) returns int
language plpgsql stable as $$
begin
	return (select b.n from mandate.session_between(of_body, after_day + 1, after_day + 366 * 3 * (k + 1)) b
		order by b.opens offset k - 1 limit 1);
end
$$;

-- The only session that a body has in a year, where it has just one.
create or replace function mandate.session_of_year(of_body text, of_year int) returns int language sql stable as $$
	select case when of_body = 'ECOSOC' then of_year when count(*) = 1 then min(b.n) end
	from mandate.session_between(of_body, make_date(of_year, 1, 1), make_date(of_year, 12, 31)) b
$$;
