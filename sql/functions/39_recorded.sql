-- The time at which something is recorded, in the order in which it becomes visible. A transaction's own time
-- is its start, yet others see what it wrote only at its end: a report made in between would have to change
-- afterwards. So a writer takes its time when it first writes, and leaves it where readers see it (an advisory
-- lock that it shares with nobody and waits for nobody) until it has ended; whoever asks what is known now is
-- told the time before the oldest writer that is still at work. What is known at that time never changes.
set role mandate_owner;

-- The wall clock's time now, not the transaction's; moved in exercises.
create or replace function mandate.clock() returns timestamptz language sql volatile as $$
	select clock_timestamp() + coalesce(nullif(current_setting('mandate.clock_offset', true), '')::interval, interval '0')
$$;

-- A time as the number of an advisory lock: ours begin with 77, then microseconds since 1970.
create or replace function mandate.writer_key(at timestamptz) returns bigint language sql immutable as $$
	select (77::bigint << 55) + (extract(epoch from at) * 1000000)::bigint
$$;

-- The time at which this transaction records, the same for all that it writes. Called by the triggers of the
-- record and of the ledgers.
create or replace function mandate.record_time() returns timestamptz language plpgsql volatile as $$
declare
	taken text := current_setting('mandate.record_time', true);
begin
	if coalesce(taken, '') = '' then
		-- First the lock, then the time: a reader that does not see the lock yet has asked before the time.
		perform pg_advisory_xact_lock_shared(mandate.writer_key(mandate.clock()));
		taken := mandate.clock()::text;
		perform set_config('mandate.record_time', taken, true);
	end if;
	return taken::timestamptz;
end
$$;

-- The latest time at which what is known will not change any more. Must stand in a statement of its own
-- before those that read the record.
create or replace function mandate.known_now() returns timestamptz language sql volatile as $$
	select least(c.now, (select timestamptz 'epoch' + (min((l.classid::bigint << 32) + l.objid::bigint) - (77::bigint << 55)) * interval '1 microsecond'
			from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
				and l.database = (select d.oid from pg_database d where d.datname = current_database())
				and l.classid::bigint >> 23 = 77))
		- interval '1 microsecond'
	from (select mandate.clock() as now) c
$$;
