-- How a function says no, and what time it is.
set role mandate_owner;

-- Refuses with an HTTP status, a short stable word for programs and a message for the
-- user; more becomes part of the problem document. Called by every api function.
create or replace function mandate.refuse(status int, code text, message text, more jsonb default '{}')
returns void language plpgsql as $$
begin
	raise exception using errcode = 'MD' || status, message = message,
		detail = (jsonb_build_object('code', code) || more)::text;
end
$$;

-- The only reading of the clock. The setting moves it in exercises and tests.
create or replace function mandate.now() returns timestamptz language sql stable as $$
	select now() + coalesce(nullif(current_setting('mandate.clock_offset', true), '')::interval, interval '0')
$$;

create or replace function mandate.today() returns date language sql stable as $$
	select (mandate.now() at time zone 'utc')::date
$$;

-- Without a setting of its own, so that the planner can take it in where there are many.
create or replace function mandate.time_text(at timestamptz) returns text language sql stable as $$
	select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- "13 September 2005", as the Organization writes dates.
create or replace function mandate.date_text(on_day date) returns text language plpgsql immutable as $$
declare
	months constant text[] := array['January','February','March','April','May','June','July','August','September',
		'October','November','December'];
begin
	return extract(day from on_day)::int || ' ' || months[extract(month from on_day)::int] || ' ' || extract(year from on_day)::int;
end
$$;

-- A date member of a request. The C side has checked its form; a caller from psql has not.
create or replace function mandate.request_date(request jsonb, name text) returns date
language plpgsql stable as $$
begin
	return (request->>name)::date;
exception when others then
	perform mandate.refuse(422, 'bad_date', format('%s: "%s" is not a date; write it as YYYY-MM-DD', name, request->>name));
end
$$;

-- A date of effect: today unless given, never in the future.
create or replace function mandate.effective_date(request jsonb, name text) returns date
language plpgsql stable as $$
declare
	given date;
begin
	if request->>name is null then
		return mandate.today();
	end if;
	given := mandate.request_date(request, name);
	if given > mandate.today() then
		perform mandate.refuse(422, 'future_date', format(
			'%s is in the future (today is %s); a record says what has happened',
			mandate.date_text(given), mandate.date_text(mandate.today())));
	end if;
	return given;
end
$$;

-- "sixtieth", "one hundred and second": how resolutions count sessions.
create or replace function mandate.ordinal(n int) returns text language plpgsql immutable as $$
declare
	units text[] := array['first','second','third','fourth','fifth','sixth','seventh','eighth','ninth','tenth',
		'eleventh','twelfth','thirteenth','fourteenth','fifteenth','sixteenth','seventeenth','eighteenth','nineteenth'];
	tens text[] := array['ten','twent','thirt','fort','fift','sixt','sevent','eight','ninet'];
begin
	if n < 1 or n > 199 then
		return n || 'th';
	elsif n >= 100 then
		return case when n = 100 then 'one hundredth' else 'one hundred and ' || mandate.ordinal(n - 100) end;
	elsif n < 20 then
		return units[n];
	elsif n % 10 = 0 then
		return tens[n / 10] || 'ieth';
	end if;
	return tens[n / 10] || 'y-' || units[n % 10];
end
$$;
