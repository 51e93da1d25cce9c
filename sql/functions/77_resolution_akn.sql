-- A resolution's text with what was recorded of its obligations; the daemon makes Akoma Ntoso of both.
set role mandate_owner;

-- What was adopted out of a draft stands in the text in which it was proposed: that text is told, with the
-- obligations of all resolutions that have it in common. document is what is known of it, which it need not say itself;
-- adopted is what was made of the draft in it by that day.
create or replace function api.resolution_akn(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	r mandate.resolution;
	source mandate.resolution;
	as_of date := mandate.request_as_of(request);
	today date := coalesce(as_of, mandate.today());
	known_at timestamptz := coalesce(mandate.request_known_at(request), mandate.known_now());
begin
	perform mandate.caller_require(caller, 'viewer');
	r := mandate.resolution_find(request->>'symbol');
	select * into source from mandate.resolution s where s.id = coalesce(r.drafted_in, r.id);
	return jsonb_build_object('symbol', r.symbol, 'text', source.text,
		'document', jsonb_build_object('symbol', source.symbol, 'title', source.title, 'body', nullif(source.body, ''),
			'language', nullif(source.language, ''), 'adopted_on', source.adopted_on, 'confirmed', coalesce(source.confirmed_at <= known_at, false)),
		'adopted', coalesce((
			select jsonb_agg(jsonb_build_object('symbol', f.symbol, 'body', f.body, 'adopted_on', f.adopted_on) order by f.adopted_on, f.id)
			from mandate.resolution f
			where f.drafted_in = source.id and f.adopted_on <= today and f.imported_at <= known_at), '[]'),
		'as_of', today, 'known_at', mandate.time_text(known_at),
		'head', mandate.audit_head(known_at), 'obligations', coalesce((
			select jsonb_agg(mandate.obligation_json(o, today, today, known_at) order by o.resolution_id, o.position, o.occurrence)
			from mandate.resolution f
			join mandate.obligation now on now.resolution_id = f.id
			join mandate.obligation_at(array[now.id], today, known_at) o on true
			where source.id in (f.id, f.drafted_in)), '[]'));
end
$$;
