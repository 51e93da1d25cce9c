-- Tokens that stand in the address of a feed: they open the feeds and nothing else.
set role mandate_owner;

alter table mandate.token add column feed boolean not null default false;
comment on column mandate.token.feed is 'Whether it opens the feeds alone, from their address; others never stand in one.';
