-- Ledgers: what parties do one by one (treaty actions, pledges, receipts), append-only and chained as
-- an obligation's record is; and the rules that all imports of rows share.
set role mandate_owner;

-- Every column but the hash.
create or replace function mandate.entry_hash(e mandate.entry) returns bytea language sql stable as $$
	select sha256(convert_to(jsonb_build_object(
		'ledger', e.ledger, 'n', e.n, 'action', e.action, 'party', e.party, 'content', e.content, 'note', e.note,
		'evidence', e.evidence, 'effective_on', e.effective_on, 'recorded_at', mandate.time_text(e.recorded_at),
		'officer', e.officer_id, 'key', e.key, 'corrects', e.corrects)::text, 'UTF8') || e.previous_hash)
$$;

-- Before an entry is written: its place in the chain and its time. The ledger's row is the lock of its
-- chain; it is read once and written once for each statement, whatever the number of entries.
create or replace function mandate.entry_chain() returns trigger language plpgsql as $$
declare
	last mandate.entry;
begin
	perform from mandate.ledger l where l.code = new.ledger for update;
	select * into last from mandate.entry e where e.ledger = new.ledger order by e.n desc limit 1;
	new.n := coalesce(last.n, 0) + 1;
	new.previous_hash := coalesce(last.hash, '\x');
	new.recorded_at := mandate.record_time();
	new.hash := mandate.entry_hash(new);
	return new;
end
$$;

create or replace function mandate.entry_head() returns trigger language plpgsql as $$
begin
	update mandate.ledger l set entries = x.n, head = x.hash
	from (select distinct on (e.ledger) e.ledger, e.n, e.hash from added e order by e.ledger, e.n desc) x
	where l.code = x.ledger;
	return null;
end
$$;

create or replace function mandate.entry_never_changes() returns trigger language plpgsql as $$
begin
	raise exception using errcode = 'MD409',
		message = 'an entry is never changed or deleted; correct it with a later entry';
end
$$;

drop trigger if exists entry_chain on mandate.entry;
create trigger entry_chain before insert on mandate.entry
	for each row execute function mandate.entry_chain();
drop trigger if exists entry_head on mandate.entry;
create trigger entry_head after insert on mandate.entry
	referencing new table as added for each statement execute function mandate.entry_head();
drop trigger if exists entry_never_changes on mandate.entry;
create trigger entry_never_changes before update or delete on mandate.entry
	for each row execute function mandate.entry_never_changes();
drop trigger if exists entry_never_truncated on mandate.entry;
create trigger entry_never_truncated before truncate on mandate.entry
	for each statement execute function mandate.entry_never_changes();

-- Adds one entry; the triggers number, sign and chain it.
create or replace function mandate.entry_append(ledger text, action text, party text, content jsonb, note text,
	evidence jsonb, effective_on date, officer_id int, key text, corrects int default null)
returns mandate.entry language sql as $$
	insert into mandate.entry (ledger, n, action, party, content, note, evidence, effective_on, recorded_at,
		officer_id, key, corrects, previous_hash, hash)
	values (ledger, 0, action, party, content, coalesce(note, ''), coalesce(evidence, '[]'), effective_on, 'epoch',
		officer_id, key, corrects, '\x', '\x')
	returning *
$$;

-- What stands in a ledger on a date, as known at a time: neither corrected by then nor a mere taking back.
create or replace function mandate.ledger_entries(of_ledger text, as_of date default null, known_at timestamptz default null)
returns setof mandate.entry language sql stable as $$
	select e.* from mandate.entry e
	where e.ledger = of_ledger and e.action <> 'void'
		and e.effective_on <= coalesce(as_of, 'infinity') and e.recorded_at <= coalesce(known_at, 'infinity')
		and not exists (select from mandate.entry c where c.ledger = e.ledger and c.corrects = e.n
			and c.recorded_at <= coalesce(known_at, 'infinity'))
$$;

-- The entry that a correction names; refuses one that is not there or was corrected already.
create or replace function mandate.entry_find(of_ledger text, of_n int) returns mandate.entry
language plpgsql stable as $$
declare
	found mandate.entry;
	later int;
begin
	select * into found from mandate.entry e where e.ledger = of_ledger and e.n = of_n;
	if found.n is null then
		perform mandate.refuse(404, 'no_entry', format('%s has no entry %s', of_ledger, of_n));
	end if;
	select e.n into later from mandate.entry e where e.ledger = of_ledger and e.corrects = of_n;
	if later is not null then
		perform mandate.refuse(409, 'entry_corrected', format('entry %s of %s was corrected by entry %s already; correct that one',
			of_n, of_ledger, later));
	end if;
	return found;
end
$$;

create or replace function mandate.entry_json(e mandate.entry) returns jsonb language plpgsql stable as $$
begin
	return jsonb_build_object('ledger', e.ledger, 'n', e.n, 'action', e.action, 'party', e.party, 'note', e.note,
		'evidence', e.evidence, 'effective_on', e.effective_on, 'recorded_at', mandate.time_text(e.recorded_at),
		'officer', (select jsonb_build_object('login', o.login, 'name', o.name) from mandate.officer o where o.id = e.officer_id),
		'corrects', e.corrects,
		'corrected_by', (select c.n from mandate.entry c where c.ledger = e.ledger and c.corrects = e.n),
		'hash', encode(e.hash, 'hex')) || e.content;
end
$$;

-- Imports of rows. Each row is {"line": 7, COLUMN: text…}. All its faults are gathered, with line and
-- column; where there is one, nothing is written and all are named.
create or replace function mandate.row_fault(line int, col text, value text, message text) returns jsonb
language sql immutable as $$
	select jsonb_build_object('line', line, 'column', col, 'value', value, 'message', message)
$$;

create or replace function mandate.rows_require(faults jsonb, many int) returns void language plpgsql as $$
declare
	wrong int := (select count(distinct f->>'line') from jsonb_array_elements(faults) f);
begin
	if wrong > 0 then
		perform mandate.refuse(422, 'bad_rows', format('%s of %s rows %s wrong; nothing was changed', wrong, many,
			case wrong when 1 then 'is' else 'are' end),
			jsonb_build_object('faults', (select jsonb_agg(f order by (f->>'line')::int, n)
				from jsonb_array_elements(faults) with ordinality x(f, n))));
	end if;
end
$$;

-- A date in a row, NULL where it is none; for what a person types, 2005-09-13 alone is meant.
create or replace function mandate.row_date(given text) returns date language plpgsql immutable as $$
begin
	return case when given ~ '^\d{4}-\d{2}-\d{2}$' then given::date end;
exception when others then
	return null;
end
$$;

-- An exact amount: digits with at most one point, no sign and no thousands' marks. NULL where it is none.
create or replace function mandate.row_amount(given text) returns numeric language sql immutable as $$
	select case when given ~ '^\d{1,15}(\.\d{1,4})?$' then given::numeric end
$$;
