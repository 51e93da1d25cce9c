-- Series: each occurrence of what comes again is an obligation with a record of its own. The first is the
-- clause's; the next opens when one is answered, or when its end has passed without an answer.
set role mandate_owner;

-- How many occurrences of one series are opened at once where many were missed.
create or replace function mandate.series_most() returns int language sql immutable as $$ select 100 $$;

-- Opens occurrence k of the series that o belongs to, where it is not there yet; says whether.
create or replace function mandate.occurrence_open(o mandate.obligation, k int, effective_on date, officer_id int, note text, key text)
returns boolean language plpgsql as $$
declare
	first int := coalesce(o.series, o.id);
	fresh mandate.obligation := jsonb_populate_record(o, jsonb_build_object('series', first, 'occurrence', k,
		'reference', regexp_replace(o.reference, '#\d+$', '') || '#' || k, 'milestones', '{}'::jsonb,
		'status', 'not_started', 'status_since', effective_on, 'clearance', 'draft'));
	state jsonb;
	w record;
begin
	if exists (select from mandate.obligation x where x.series = first and x.occurrence = k) then
		return false;
	end if;
	select * into w from mandate.obligation_window(fresh);
	state := to_jsonb(fresh) - '{id,version,head,last_effective,milestones,document,late_reason,due_override,review_on}'::text[] || to_jsonb(w);
	insert into mandate.obligation default values returning id into fresh.id;
	perform mandate.append(fresh.id, 'created', state, note, '[]', effective_on, officer_id, key);
	return true;
end
$$;

-- The day on which the occurrence after o opens: when o was answered, else the day after its end; never
-- before o itself began.
create or replace function mandate.occurrence_opens_on(o mandate.obligation, answered date) returns date
language plpgsql stable as $$
begin
	return (select least(greatest(least(answered, o.due_end + 1), min(u.effective_on)), mandate.today())
		from mandate.update u where u.obligation_id = o.id);
end
$$;

-- What a record calls an occurrence that ends no series: answered, closed, or not applicable this time.
-- What a later resolution has overtaken does not come again.
create or replace function mandate.occurrence_is_answered(status text) returns boolean language sql immutable as $$
	select mandate.status_is_done(status) and status <> 'overtaken'
$$;

create or replace function mandate.occurrence_exists(o mandate.obligation, k int) returns boolean
language sql stable as $$
	select mandate.deadline_at(o.deadline, (select r.adopted_on from mandate.resolution r where r.id = o.resolution_id), k) is not null
$$;

-- After an update: what was answered opens the next.
create or replace function mandate.update_opens_next() returns trigger language plpgsql as $$
declare
	o mandate.obligation;
begin
	select * into strict o from mandate.obligation x where x.id = new.obligation_id;
	if o.live and o.occurrence is not null and mandate.occurrence_is_answered(o.status)
		and mandate.occurrence_exists(o, o.occurrence + 1)
	then
		perform mandate.occurrence_open(o, o.occurrence + 1, mandate.occurrence_opens_on(o, new.effective_on), new.officer_id,
			format('opened when %s became %s', o.reference, o.status), new.key);
	end if;
	return null;
end
$$;

-- The occurrence that a request opened behind o, to tell whoever made it.
create or replace function mandate.occurrence_opened(o mandate.obligation, with_key text) returns jsonb language plpgsql stable as $$
begin
	if o.occurrence is null then
		return null;
	end if;
	return (select jsonb_build_object('reference', x.reference, 'due_on', x.due_on)
		from mandate.obligation x join mandate.update u on u.obligation_id = x.id and u.n = 1
		where x.series = coalesce(o.series, o.id) and x.occurrence = o.occurrence + 1 and u.key is not distinct from with_key);
end
$$;

-- Behind update_fold, which comes first by its name.
drop trigger if exists update_opens_next on mandate.update;
create trigger update_opens_next after insert on mandate.update
	for each row when (new.change ? 'status') execute function mandate.update_opens_next();

-- The number of the occurrence that is under way: the first from o's on whose end has not passed; the last there is.
create or replace function mandate.occurrence_current(o mandate.obligation) returns int language plpgsql stable as $$
declare
	adopted date := (select r.adopted_on from mandate.resolution r where r.id = o.resolution_id);
	k int := o.occurrence;
	w record;
begin
	loop
		select * into w from mandate.occurrence_window(o.deadline, adopted, k);
		if w.due_end is null then
			return greatest(k - 1, o.occurrence);
		elsif w.due_end >= mandate.today() then
			return k;
		end if;
		k := k + 1;
	end loop;
end
$$;

-- Opens what is missing of one series behind its last occurrence; says how many. Where more were missed
-- than are opened at once, the oldest are left out and the note says which.
create or replace function mandate.series_catch_up(o mandate.obligation, officer_id int) returns int language plpgsql as $$
declare
	last mandate.obligation := o;
	current int := mandate.occurrence_current(o);
	start int := greatest(o.occurrence + 1, current - mandate.series_most() + 1);
	note text;
	opened int := 0;
begin
	if current = o.occurrence and mandate.occurrence_is_answered(o.status) and mandate.occurrence_exists(o, current + 1) then
		current := current + 1;
	end if;
	for k in start..current loop
		note := format('opened: the end of occurrence %s, %s, has passed', k - 1, mandate.date_text(last.due_end));
		if k = start and start > o.occurrence + 1 then
			note := format('opened; occurrences %s to %s were skipped, since nobody looked from %s on', o.occurrence + 1, start - 1,
				mandate.date_text(last.due_end));
		elsif mandate.occurrence_is_answered(last.status) then
			note := format('opened: %s is %s', last.reference, last.status);
		end if;
		opened := opened + mandate.occurrence_open(last, k, mandate.occurrence_opens_on(last, null), officer_id, note, null)::int;
		select * into last from mandate.obligation x where x.series = coalesce(o.series, o.id) and x.occurrence = k;
	end loop;
	return opened;
end
$$;

-- What recurs and was taken over before occurrences were kept is the first of its series.
create or replace function mandate.series_begin(officer_id int) returns void language sql as $$
	select mandate.append(o.id, 'edit', jsonb_build_object('occurrence', 1,
			'deadline', mandate.deadline_spoken(o.deadline, o.speaker)), 'the first occurrence of what comes again', '[]',
			mandate.today(), officer_id, null)
	from mandate.obligation o
	where o.occurrence is null and mandate.deadline_recurs(o.deadline)
$$;

-- Opens every occurrence that is due to be open. Called at each start of the daemon, and with the
-- first round of reminders of a day: what another daemon is at is passed over. Says how many.
create or replace function mandate.occurrences_open() returns int language plpgsql as $$
declare
	daemon mandate.officer := mandate.officer_itself();
	o mandate.obligation;
	opened int := 0;
begin
	perform mandate.series_begin(daemon.id);
	for o in select x.* from mandate.obligation x
		where x.occurrence is not null and x.live
			and (x.due_end < mandate.today() and x.status <> 'overtaken' or mandate.occurrence_is_answered(x.status))
			and not exists (select from mandate.obligation y
				where y.series = coalesce(x.series, x.id) and y.occurrence > x.occurrence)
		order by x.id for update of x skip locked
	loop
		opened := opened + mandate.series_catch_up(o, daemon.id);
	end loop;
	return opened;
end
$$;

-- The occurrences of a series on a date, as known at a time, first to last; nothing where nothing comes again.
create or replace function mandate.occurrences_json(o mandate.obligation, today date, as_of date, known_at timestamptz)
returns jsonb language plpgsql stable as $$
begin
	if o.occurrence is null then
		return '[]';
	end if;
	return coalesce((
		select jsonb_agg(jsonb_build_object('reference', y.reference, 'occurrence', y.occurrence, 'status', y.status,
			'status_since', y.status_since, 'due_on', y.due_on, 'due_end', y.due_end, 'timeliness',
			mandate.timeliness(y.status, y.status_since, y.force, y.live, y.due_on, y.due_end, today)) order by y.occurrence)
		from mandate.obligation x,
			jsonb_populate_record(x, case when as_of is null and known_at is null then '{}'
				else mandate.fold(x.id, coalesce(as_of, 'infinity'), coalesce(known_at, 'infinity')) end) y
		where (x.id = coalesce(o.series, o.id) or x.series = coalesce(o.series, o.id))
			and exists (select from mandate.update u where u.obligation_id = x.id
				and u.effective_on <= coalesce(as_of, 'infinity') and u.recorded_at <= coalesce(known_at, 'infinity'))), '[]');
end
$$;
