/**
 * The world in tables, as PostgreSQL likes them: narrow rows, room in each page so that an update stays in it, and no
 * index on what a tick writes. Gold is good 0, and nobody holds a row of nothing.
 */
export const SCHEMA = `
create table exits (place smallint primary key, ways smallint[] not null);
create table route (id smallint primary key, stops smallint[] not null);
create table stall (place smallint primary key, keeper int not null);
create table clock (id smallint primary key, tick bigint not null, due timestamptz not null);
insert into clock values (0, 0, now());

create table agent (
  id int primary key, place smallint not null, routine smallint not null, route smallint, step smallint not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);

create table holding (
  holder bigint not null, good smallint not null, quantity bigint not null check (quantity >= 0),
  primary key (holder, good)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
`;

/**
 * One step of all whose turn it is: to the next stop of the route, back to the route, or through any exit. `walk` in
 * `spike/rival/world/routine.ts` is the same rule.
 */
const WALK = `
create function walk(first int, beyond int)
  returns table (id int, place smallint, routine smallint, route smallint, step smallint, before smallint)
language sql as $$
  with turn as (
    select a.id, a.place as before, r.stops, e.ways,
           case when r.stops is null then null
                when r.stops[1 + a.step] = a.place then (a.step + 1) % cardinality(r.stops)
                else coalesce(array_position(r.stops, a.place),
                       (select array_position(r.stops, way) from unnest(e.ways) way where way = any (r.stops) limit 1)) - 1
           end as step
      from agent a join exits e on e.place = a.place left join route r on r.id = a.route
     where a.id >= first and a.id < beyond and a.routine <> 4
  ), next as (
    select turn.id, before, coalesce(turn.step, 0)::smallint as step,
           coalesce(stops[1 + turn.step], ways[1 + floor(random() * cardinality(ways))::int], before) as place
      from turn
  )
  update agent a set place = next.place, step = next.step
    from next
   where a.id = next.id and (a.place, a.step) is distinct from (next.place, next.step)
  returning a.id, a.place, a.routine, a.route, a.step, next.before
$$;
`;

/**
 * The turns of all traders who stand at an open stall. In memory they come one after the other; a statement sees all at
 * once, so here each stall first takes what is brought to it, as far as its gold goes, and then sells what it has most of.
 * The prices rise and fall from piece to piece as they do there.
 */
const TRADE = `
create function trade(first int, beyond int) returns void
language sql as $$
  with visit as (
    select a.id as trader, s.keeper,
           (select good from holding h where h.holder = a.id and good > 0 order by good limit 1) as carried
      from agent a
      join stall s on s.place = a.place
      join agent k on k.id = s.keeper and k.place = s.place
     where a.id >= first and a.id < beyond and a.routine = 2 and a.id <> s.keeper
  ), brought as (
    select trader, visit.keeper, carried as good, coalesce(stock.quantity, 0)
             + row_number() over (partition by visit.keeper, carried order by trader) as piece
      from visit left join holding stock on stock.holder = visit.keeper and stock.good = carried
     where carried is not null
  ), priced as (
    select *, greatest(1, 12 - piece) as paid,
           sum(greatest(1, 12 - piece)) over (partition by keeper order by trader) as spent
      from brought
  ), sold as (
    select trader, keeper, priced.good, paid from priced join holding purse on purse.holder = keeper and purse.good = 0
     where spent <= purse.quantity
  ), most as (
    select distinct on (holder) holder as keeper, good, quantity
      from holding where good > 0 and holder in (select keeper from stall) order by holder, quantity desc
  ), wanted as (
    select trader, most.keeper, good,
           quantity + 1 - row_number() over (partition by most.keeper order by trader) as piece
      from visit join most on most.keeper = visit.keeper
     where carried is null
  ), bought as (
    select trader, keeper, wanted.good, greatest(1, 12 - piece) as paid
      from wanted join holding purse on purse.holder = trader and purse.good = 0
     where piece >= 1 and purse.quantity >= greatest(1, 12 - piece)
  ), deal as (
    select trader as giver, keeper as taker, good, paid from sold
    union all select keeper, trader, good, paid from bought
  ), moved as (
    select holder, good, sum(quantity) as quantity
      from (
        select giver as holder, good, -1 as quantity from deal union all select taker, good, 1 from deal
        union all select giver, 0, paid from deal union all select taker, 0, -paid from deal
      ) each
     group by holder, good having sum(quantity) <> 0
  )
  merge into holding h using moved m on h.holder = m.holder and h.good = m.good
   when matched and h.quantity + m.quantity = 0 then delete
   when matched then update set quantity = h.quantity + m.quantity
   when not matched then insert values (m.holder, m.good, m.quantity)
$$;
`;

/** A whole tick in one call, and so in one transaction. A tick that ran already does nothing. */
const TICK = `
create function tick(number bigint, due_at timestamptz, first int, beyond int)
  returns table (id int, place smallint, routine smallint, route smallint, step smallint, before smallint)
language plpgsql as $$
begin
  update clock set tick = number, due = due_at where tick < number;
  if not found then
    return;
  end if;
  return query select * from walk(first, beyond);
  perform trade(first, beyond);
end
$$;
`;

export const RULES = WALK + TRADE + TICK;
