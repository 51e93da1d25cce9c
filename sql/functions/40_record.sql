-- The record of an obligation: append-only, chained, and the state that it folds to.
set role mandate_owner;

-- The table of statuses. The help, the checks and the diagram come from here.
delete from mandate.transition;
insert into mandate.transition
with open(status) as (values ('not_started'), ('in_progress'), ('continuing')),
	done(status, verb) as (values
		('implemented', 'What was asked is done'),
		('closed', 'It is closed without implementation'),
		('overtaken', 'A later resolution or event has overtaken it'),
		('not_applicable', 'It does not apply'))
select '', 'not_started', 'nothing', 'A confirmed obligation has not been started'
union all select '', 'continuing', 'nothing', 'A confirmed duty without an end continues'
union all select a.status, b.status, 'nothing',
	case when a.status = b.status then 'A progress note leaves the status as it is' else 'Work moves on' end
from open a, open b
union all select a.status, d.status, 'evidence_or_note', d.verb from open a, done d
union all select d.status, a.status, 'note', 'It is reopened, for a reason' from done d, open a
union all select d.status, d.status, 'evidence_or_note', 'More is said about how it ended' from done d
union all select d.status, e.status, 'note', 'It ended otherwise, for a reason' from done d, done e where d.status <> e.status;

create or replace function mandate.status_is_done(status text) returns boolean language sql immutable as $$
	select status in ('implemented', 'closed', 'overtaken', 'not_applicable')
$$;

-- Whether a status can follow another with what was given; refuses with the way out.
create or replace function mandate.status_check(from_status text, to_status text, note text, evidence jsonb)
returns void language plpgsql stable as $$
declare
	needs text;
begin
	select t.needs into needs from mandate.transition t
	where t.from_status = status_check.from_status and t.to_status = status_check.to_status;
	if needs is null then
		perform mandate.refuse(422, 'status_cannot_follow', format('%s cannot follow %s; what can: %s', to_status,
			coalesce(nullif(from_status, ''), 'nothing'),
			(select string_agg(t.to_status, ', ' order by t.to_status) from mandate.transition t
				where t.from_status = status_check.from_status)));
	elsif needs = 'note' and note = '' then
		perform mandate.refuse(422, 'needs_reason', format(
			'from %s to %s needs a reason: add --note', from_status, to_status));
	elsif needs = 'evidence_or_note' and note = '' and evidence = '[]' then
		perform mandate.refuse(422, 'needs_reason', format(
			'%s needs evidence or a reason: add --evidence SYMBOL-OR-LINK or --note TEXT', to_status));
	end if;
end
$$;

create or replace aggregate mandate.merge(jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}');

-- What an obligation's updates add up to, up to a date of effect and a time of recording. Milestones and
-- team are objects whose members are set one by one.
create or replace function mandate.fold(obligation_id int, as_of date default 'infinity', known_at timestamptz default 'infinity')
returns jsonb language sql stable as $$
	select mandate.merge(u.change order by u.effective_on, u.n) || jsonb_build_object(
		'milestones', mandate.merge(u.change->'milestones' order by u.effective_on, u.n),
		'team', mandate.merge(u.change->'team' order by u.effective_on, u.n))
	from mandate.update u
	where u.obligation_id = fold.obligation_id and u.effective_on <= as_of and u.recorded_at <= known_at
$$;

-- Whether nobody has said anything about a member of an obligation's state, so that it may be taken from the text: an
-- obligation can be older than the treaty or the fund that it names.
create or replace function mandate.member_unsaid(of_obligation int, member text) returns boolean language sql stable as $$
	select not exists (select from mandate.update u where u.obligation_id = of_obligation and u.change ? member)
$$;

-- The canonical text of an update, of which the hash is made: every column but the hash.
create or replace function mandate.update_hash(u mandate.update) returns bytea language sql stable as $$
	select sha256(convert_to(jsonb_build_object(
		'obligation', u.obligation_id, 'n', u.n, 'kind', u.kind, 'change', u.change, 'note', u.note,
		'evidence', u.evidence, 'effective_on', u.effective_on, 'recorded_at', mandate.time_text(u.recorded_at),
		'officer', u.officer_id, 'key', u.key)::text, 'UTF8') || u.previous_hash)
$$;

-- Before an update is written: its place in the chain, its time, and whether its status
-- fits between its neighbours in the fold. The obligation's row is the lock of its chain.
create or replace function mandate.update_chain() returns trigger language plpgsql as $$
declare
	o mandate.obligation;
	before_it text;
	after_it text;
begin
	select * into strict o from mandate.obligation x where x.id = new.obligation_id for update;
	new.n := o.version + 1;
	new.previous_hash := o.head;
	new.recorded_at := mandate.record_time();
	if new.kind in ('status', 'note', 'milestone', 'report') and o.last_effective > new.effective_on and not exists (select from mandate.update u
		where u.obligation_id = o.id and u.effective_on <= new.effective_on)
	then
		perform mandate.refuse(422, 'before_record', format(
			'%s begins on %s; nothing can take effect before that', o.reference,
			(select mandate.date_text(min(u.effective_on)) from mandate.update u where u.obligation_id = o.id)));
	end if;
	if new.change ? 'status' then
		if o.last_effective is null or new.effective_on >= o.last_effective then
			before_it := coalesce(o.status, '');
		else
			before_it := coalesce(mandate.fold(o.id, new.effective_on)->>'status', '');
			select u.change->>'status' into after_it from mandate.update u
			where u.obligation_id = o.id and u.effective_on > new.effective_on and u.change ? 'status'
			order by u.effective_on, u.n limit 1;
		end if;
		perform mandate.fund_forbids(o, new.change->>'status');
		perform mandate.status_check(before_it, new.change->>'status', new.note, new.evidence);
		if after_it is not null and not exists (select from mandate.transition t
			where t.from_status = new.change->>'status' and t.to_status = after_it)
		then
			perform mandate.refuse(422, 'status_cannot_follow', format(
				'%s cannot stand before %s, which the record has later', new.change->>'status', after_it));
		end if;
	end if;
	new.hash := mandate.update_hash(new);
	return new;
end
$$;

-- Counts a new obligation. One after the other, so that the numbers have no gaps.
create or replace function mandate.census_add(obligation_id int, first_hash bytea) returns void language plpgsql as $$
declare
	last mandate.census;
begin
	perform pg_advisory_xact_lock(hashtext('mandate census'));
	select * into last from mandate.census c order by c.n desc limit 1;
	insert into mandate.census values (coalesce(last.n, 0) + 1, obligation_id, first_hash,
		sha256(coalesce(last.hash, '\x') || first_hash));
end
$$;

create or replace function mandate.census_never_changes() returns trigger language plpgsql as $$
begin
	raise exception using errcode = 'MD409', message = 'the census is never changed: an obligation that was is not forgotten';
end
$$;

drop trigger if exists census_never_changes on mandate.census;
create trigger census_never_changes before update or delete on mandate.census
	for each row execute function mandate.census_never_changes();
drop trigger if exists census_never_truncated on mandate.census;
create trigger census_never_truncated before truncate on mandate.census
	for each statement execute function mandate.census_never_changes();

-- After an update is written: the state columns. A fact older than the last one folds anew.
create or replace function mandate.update_fold() returns trigger language plpgsql as $$
declare
	o mandate.obligation;
	r mandate.obligation;
begin
	select * into strict o from mandate.obligation x where x.id = new.obligation_id;
	if o.last_effective is null or new.effective_on >= o.last_effective then
		r := jsonb_populate_record(o, new.change || jsonb_build_object(
			'milestones', o.milestones || coalesce(new.change->'milestones', '{}'),
			'team', o.team || coalesce(new.change->'team', '{}')));
	else
		r := jsonb_populate_record(o, mandate.fold(o.id));
	end if;
	update mandate.obligation x set
		version = new.n, head = new.hash, last_effective = greatest(o.last_effective, new.effective_on),
		reference = r.reference, resolution_id = r.resolution_id, position = r.position, live = r.live,
		paragraph = r.paragraph, clause = r.clause, speaker = r.speaker, text = r.text, verb = r.verb,
		lemma = r.lemma, class = r.class, force = r.force, kind = r.kind, addressees = r.addressees,
		action = r.action, conditions = r.conditions, vehicle = r.vehicle, deadline = r.deadline,
		confidence = r.confidence, status = r.status, status_since = r.status_since, clearance = r.clearance,
		owner = r.owner, alternate = r.alternate, unit = r.unit, due_on = r.due_on, due_end = r.due_end,
		legal_end = r.legal_end, due_why = r.due_why, due_override = r.due_override, review_on = r.review_on,
		milestones = r.milestones, team = r.team, treaty = r.treaty, fund = r.fund, series = r.series,
		occurrence = r.occurrence, document = r.document, late_reason = r.late_reason, remind_rule = r.remind_rule
	where x.id = o.id;
	if new.n = 1 then
		perform mandate.census_add(new.obligation_id, new.hash);
	end if;
	if r.reference is distinct from o.reference then
		insert into mandate.reference values (r.reference, o.id) on conflict do nothing;
	end if;
	return null;
end
$$;

create or replace function mandate.update_never_changes() returns trigger language plpgsql as $$
begin
	raise exception using errcode = 'MD409',
		message = 'an update is never changed or deleted; correct it with a later update';
end
$$;

-- The state columns are written by update_fold, inside the trigger of an insert, and by nobody else.
create or replace function mandate.obligation_guard() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' and new.version = 0 and new.reference is null then
		return new;
	elsif tg_op = 'UPDATE' and pg_trigger_depth() > 1 then
		return new;
	end if;
	raise exception using errcode = 'MD409',
		message = 'an obligation''s state is what its updates add up to; add an update instead';
end
$$;

drop trigger if exists update_chain on mandate.update;
create trigger update_chain before insert on mandate.update
	for each row execute function mandate.update_chain();
drop trigger if exists update_fold on mandate.update;
create trigger update_fold after insert on mandate.update
	for each row execute function mandate.update_fold();
drop trigger if exists update_never_changes on mandate.update;
create trigger update_never_changes before update or delete on mandate.update
	for each row execute function mandate.update_never_changes();
drop trigger if exists update_never_truncated on mandate.update;
create trigger update_never_truncated before truncate on mandate.update
	for each statement execute function mandate.update_never_changes();
drop trigger if exists obligation_guard on mandate.obligation;
create trigger obligation_guard before insert or update or delete on mandate.obligation
	for each row execute function mandate.obligation_guard();

-- The first day of an obligation's record.
create or replace function mandate.record_begin(of_obligation int) returns date language sql stable as $$
	select min(u.effective_on) from mandate.update u where u.obligation_id = of_obligation
$$;

-- Adds one update; the triggers number, sign, check and fold it.
create or replace function mandate.append(obligation_id int, kind text, change jsonb, note text, evidence jsonb,
	effective_on date, officer_id int, key text) returns mandate.update language sql as $$
	insert into mandate.update (obligation_id, n, kind, change, note, evidence, effective_on, recorded_at,
		officer_id, key, previous_hash, hash)
	values (obligation_id, 0, kind, change, coalesce(note, ''), coalesce(evidence, '[]'), effective_on, 'epoch',
		officer_id, key, '\x', '\x')
	returning *
$$;

create or replace function mandate.update_json(u mandate.update) returns jsonb language plpgsql stable as $$
begin
	return (
		select jsonb_build_object('n', u.n, 'kind', u.kind, 'status', u.change->'status', 'change', u.change,
			'note', u.note, 'evidence', u.evidence, 'effective_on', u.effective_on,
			'recorded_at', mandate.time_text(u.recorded_at),
			'officer', (select jsonb_build_object('login', o.login, 'name', o.name) from mandate.officer o where o.id = u.officer_id),
			'hash', encode(u.hash, 'hex'), 'previous_hash', encode(u.previous_hash, 'hex')));
end
$$;
