-- What is owed to whom when, by which rule: a pure function of the record and a day.
set role mandate_owner;

-- Whose rules an obligation follows, the nearest first: its own, its unit's or that of a unit above it, those
-- without a name. What lies in no unit lies in its owner's.
drop function if exists mandate.reminder_rule_of(text, text);
create or replace function mandate.reminder_rule_names(o mandate.obligation) returns text[] language plpgsql stable as $$
declare
	at text;
	named text;
begin
	if not exists (select from mandate.unit u where u.remind_rule is not null) then
		return array[o.remind_rule, '']; -- as nearly always
	end if;
	at := coalesce(o.unit, (select p.unit from mandate.officer p where p.login = o.owner));
	while at is not null and named is null loop
		select u.remind_rule, u.parent into named, at from mandate.unit u where u.code = at;
	end loop;
	return array[o.remind_rule, named, ''];
end
$$;

-- The rule for a milestone: of the nearest name that has one for it; there of this kind and milestone, else of
-- this kind, else of this milestone, else of any. The daemon loads them.
create or replace function mandate.reminder_rule_of(names text[], kind text, milestone text) returns mandate.reminder_rule
language sql stable as $$
	select r from mandate.reminder_rule r
	where r.name = any (names) and r.kind in (reminder_rule_of.kind, '') and r.milestone in (reminder_rule_of.milestone, '')
	order by array_position(names, r.name), r.kind = '', r.milestone = '' limit 1
$$;

-- The rules of the configuration, the whole table at once. Where they are what they were, nothing is planned anew.
create or replace function mandate.load_reminder_rules(data jsonb) returns void language plpgsql as $$
declare
	was jsonb := (select jsonb_agg(to_jsonb(r) order by r.name, r.kind, r.milestone) from mandate.reminder_rule r);
begin
	delete from mandate.reminder_rule;
	insert into mandate.reminder_rule (name, kind, milestone, before, overdue_every, overdue_times, overdue_then, escalate_after)
	select coalesce(r->>'name', ''), coalesce(r->>'kind', ''), coalesce(r->>'milestone', ''),
		array(select b::int from jsonb_array_elements_text(r->'before') b order by b::int desc),
		(r->>'overdue_every')::int, (r->>'overdue_times')::int, (r->>'overdue_then')::int, (r->>'escalate_after')::int
	from jsonb_array_elements(data) r;
	-- Whatever there is follows the new rules, also what was here before there were reminders.
	insert into mandate.reminder_due select o.id, '-infinity' from mandate.obligation o where o.live
	on conflict (obligation_id) do update set next_on = '-infinity'
	where was is distinct from (select jsonb_agg(to_jsonb(r) order by r.name, r.kind, r.milestone) from mandate.reminder_rule r);
end
$$;

-- The name of rules in a request, or null where they are taken back; refuses one that the configuration does not have.
create or replace function mandate.reminder_rule_require(given text) returns text language plpgsql stable as $$
begin
	if given in ('', 'none') then
		return null;
	elsif given is not null and not exists (select from mandate.reminder_rule r where r.name = given) then
		perform mandate.refuse(404, 'no_rule', format('there are no rules named %s; %s', given, coalesce(
			'the configuration has: ' || (select string_agg(distinct r.name, ', ') from mandate.reminder_rule r where r.name <> ''),
			'give a rule of the key reminders in mandated.conf a name')));
	end if;
	return given;
end
$$;

-- Working days: not Saturday, Sunday or a holiday. A reminder before a day moves back, one after it forward.
create or replace function mandate.working_day(given date, direction int) returns date language plpgsql stable as $$
declare
	day date := given;
begin
	while extract(isodow from day) > 5 or exists (select from mandate.holiday h where h.on_day = day) loop
		day := day + direction;
	end loop;
	return day;
end
$$;

-- What can be missed: the steps of a report, else the end of the window; and a review. Of several steps
-- that were missed the next takes over from the one before, so that nobody is told of all of them.
create or replace function mandate.reminder_targets(o mandate.obligation)
returns table (milestone text, due_on date, why text, over_on date) language sql stable as $$
	with step as (
		select s.name, s.on_day, s.why from mandate.milestone_steps(o) s where not s.passed and s.name <> 'consideration'
		union all
		select 'deadline', o.due_end, o.due_why where o.due_end is not null)
	select s.name, s.on_day, s.why, coalesce(lead(s.on_day) over (order by s.on_day, s.name), 'infinity') from step s
	union all
	select 'review', o.review_on, 'a day set to look at it again', 'infinity' where o.review_on is not null
$$;

-- Whether anybody is reminded of it at all.
create or replace function mandate.reminder_applies(o mandate.obligation) returns boolean language sql immutable as $$
	select coalesce(o.live, false) and not mandate.status_is_done(o.status)
$$;

-- Whether it can be overdue: nobody has failed who did not take up an encouragement, and what has no end goes on.
create or replace function mandate.reminder_overdue_applies(o mandate.obligation, milestone text) returns boolean
language sql immutable as $$
	select milestone = 'review' or (o.force not in ('encouragement', 'none') and o.status <> 'continuing')
$$;

-- Who is told: the owner and the alternate, or who stands in for them; where nobody owns it, the
-- administrators; when it is long overdue, the owner's supervisor too.
create or replace function mandate.reminder_people(o mandate.obligation, on_day date, escalated boolean)
returns table (officer_id int, part text) language sql stable as $$
	with told as (
		-- Who acts is asked once, and not of every officer: offset 0 keeps the question by itself.
		select p.id, 'owner' as part, p.supervisor from (select mandate.acting_owner(o.owner, on_day, o.alternate) as login offset 0) a
			join mandate.officer p on p.login = a.login and p.active
		union
		select p.id, 'alternate', null from (select mandate.acting_owner(o.alternate, on_day) as login offset 0) a
			join mandate.officer p on p.login = a.login and p.active),
	raised as (
		select t.id, t.part from told t
		union
		select p.id, 'administrator' from mandate.officer p
		where p.active and p.role = 'admin' and not exists (select from told)
		union
		select p.id, 'supervisor' from told t join mandate.officer p on p.id = t.supervisor and p.active where escalated)
	select distinct on (r.id) r.id, r.part from raised r order by r.id, array_position(array['owner', 'alternate', 'supervisor', 'administrator'], r.part)
$$;

-- The steps around one day: before it, on it, and after it until something else takes over. Of what lies
-- long behind only the last is made, and nothing beyond the end: the days are many and most are not asked for.
create or replace function mandate.reminder_steps(rule mandate.reminder_rule, due_on date, over_on date, until date, today date)
returns table (step text, send_on date, days int) language sql stable as $$
	with late(days) as (
		select case when i <= rule.overdue_times then i * rule.overdue_every
			else rule.overdue_times * rule.overdue_every + (i - rule.overdue_times) * rule.overdue_then end
		from generate_series(
			greatest(1, least((today - due_on) / rule.overdue_every,
				rule.overdue_times + (today - due_on - rule.overdue_times * rule.overdue_every) / rule.overdue_then) - 1),
			greatest(0, (least(until, over_on) - due_on) / least(rule.overdue_every, rule.overdue_then) + 1)) i),
	raw as (
		select due_on - b as day, b as days from unnest(rule.before) b
		union all
		select due_on + l.days, -l.days from late l where due_on + l.days < over_on),
	near as (
		select r.day, r.days, max(r.day) filter (where r.day <= today - 10) over () as last_old from raw r where r.day <= until + 10)
	select case when n.days >= 0 then mandate.counted(n.days, 'day') || ' before' else mandate.counted(-n.days, 'day') || ' overdue' end,
		mandate.working_day(n.day, case when n.days >= 0 then -1 else 1 end), n.days
	from near n where n.day > today - 10 or n.day = n.last_old
$$;

-- What an obligation owes until a day: every step to come, and of what lies behind the last step of each
-- milestone alone, so that after a long pause there is one notice and not thirty.
drop function if exists mandate.reminder_wanted(mandate.obligation, date, date);
create or replace function mandate.reminder_wanted(o mandate.obligation, until date, today date)
returns table (milestone text, due_on date, step text, send_on date, days int, officer_id int, part text, why text, rule text)
language sql stable as $$
	with step as (
		select t.milestone, t.due_on, t.why, s.step, s.send_on, s.days, r.escalate_after, r.name as rule,
			s.send_on < max(s.send_on) filter (where s.send_on <= today) over (partition by t.milestone) as stale
		from mandate.reminder_targets(o) t
		cross join lateral mandate.reminder_rule_of(mandate.reminder_rule_names(o), o.kind, t.milestone) r
		cross join lateral mandate.reminder_steps(r, t.due_on, t.over_on, until, today) s
		where mandate.reminder_applies(o) and s.send_on <= until and (s.send_on < t.over_on or s.days >= 0)
			and (s.days >= 0 or mandate.reminder_overdue_applies(o, t.milestone))
			and (s.days >= 0 or s.send_on > today or t.over_on > today)
			-- What lies behind is told as overdue; what cannot be overdue is not told of long after. The day
			-- before today has not ended everywhere.
			and (s.days < 0 or s.send_on > today or t.due_on >= today - 1
				or (s.send_on >= today - 31 and not mandate.reminder_overdue_applies(o, t.milestone))))
	select s.milestone, s.due_on, s.step, s.send_on, s.days, p.officer_id, p.part, s.why, s.rule
	from step s cross join lateral mandate.reminder_people(o, s.send_on, s.days < 0 and -s.days >= s.escalate_after) p
	where not coalesce(s.stale, false)
$$;

-- Whether a person asked not to be told of this on that day: muted, snoozed, or this very step answered.
create or replace function mandate.reminder_is_quiet(obligation_id int, milestone text, due_on date, officer_id int, on_day date)
returns boolean language sql stable as $$
	select coalesce((select q.kind = 'mute' or (q.kind = 'snooze' and q.until > on_day)
			from mandate.reminder_quiet q where q.obligation_id = reminder_is_quiet.obligation_id
				and q.officer_id = reminder_is_quiet.officer_id and q.kind <> 'ack' order by q.id desc limit 1), false)
		or exists (select from mandate.reminder_quiet q where q.obligation_id = reminder_is_quiet.obligation_id
			and q.officer_id = reminder_is_quiet.officer_id and q.milestone = reminder_is_quiet.milestone
			and q.due_on = reminder_is_quiet.due_on)
$$;

