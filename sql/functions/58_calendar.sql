-- What falls due day by day: deadlines, milestones and reviews, for the paper that shows a month or a year.
set role mandate_owner;

-- The events of one obligation. An answered one keeps the days on which it was done: of its deadline, the day of the answer.
create or replace function mandate.calendar_events(o mandate.obligation, today date)
returns table (on_day date, event text, done boolean, missed boolean, why text) language sql stable as $$
	select coalesce(s.done_on, s.on_day), s.name, s.done_on is not null, not s.passed and s.on_day < today, s.why
	from mandate.milestone_steps(o) s where s.done_on is not null or not s.passed
	union all
	select case when mandate.status_is_done(o.status) then o.status_since else o.due_end end, 'deadline', mandate.status_is_done(o.status),
		mandate.timeliness(o.status, o.status_since, o.force, o.live, o.due_on, o.due_end, today) = 'overdue', o.due_why
	where o.due_end is not null
	union all
	select o.review_on, 'review', false, o.review_on < today, null
	where o.review_on is not null and not mandate.status_is_done(o.status)
$$;

-- The days from one date to another, in their order, with a name for each event that stays the same.
create or replace function api.calendar(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	as_of date := mandate.request_as_of(request);
	today date := coalesce(as_of, mandate.today());
	since date := coalesce(mandate.request_date(request, 'from'), date_trunc('month', today)::date);
	until date := coalesce(mandate.request_date(request, 'until'), (since + interval '1 year')::date - 1);
begin
	if until < since then
		perform mandate.refuse(422, 'bad_date', format('the calendar would end on %s, before it begins on %s',
			mandate.date_text(until), mandate.date_text(since)));
	end if;
	return jsonb_build_object('from', since, 'until', until, 'as_of', today, 'rows', coalesce((
		select jsonb_agg(jsonb_build_object('on', e.on_day, 'event', e.event, 'done', e.done, 'missed', e.missed,
				'reference', o.reference, 'kind', o.kind, 'force', o.force, 'status', o.status, 'action', o.action, 'vehicle', o.vehicle,
				'addressees', o.addressees, 'owner', mandate.officer_short(o.owner), 'version', o.version, 'why', e.why)
			order by e.on_day, o.resolution_id, o.position, o.id)
		from mandate.obligation_select(request->'filter', as_of, null, officer.login, 'o.live') o
		cross join lateral mandate.calendar_events(o, today) e
		where e.on_day between since and until), '[]'));
end
$$;
