/**
 * The tables of the stores *rows* and *write-behind*. `agent` is what ticks rewrite and nothing else; no index is on a
 * column that they write, and each page keeps room, so that PostgreSQL updates rows where they are (HOT).
 * @param fillfactor percent of a page of `agent` and `holding` that is filled at first
 */
export const schema = (fillfactor: number) => `
create table if not exists agent (id int primary key, place smallint not null, step smallint not null)
  with (fillfactor = ${fillfactor}, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create table if not exists profile (
  id int primary key, name text not null, persona text not null, routine smallint not null, route bigint not null
);
create table if not exists holding (
  holder bigint, good smallint, quantity bigint not null check (quantity >= 0), primary key (holder, good)
) with (fillfactor = ${fillfactor}, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create table if not exists player (identity text primary key, agent int not null unique, online boolean not null);
create table if not exists role_grant (identity text primary key, role text not null);
create table if not exists said (place smallint primary key, lines jsonb not null);
create table if not exists event (
  id bigint primary key, version smallint not null, tick bigint not null, at bigint not null, place smallint not null,
  kind text not null, subject bigint not null, object bigint not null, quantity bigint not null, gold bigint not null,
  words text not null, request bigint not null
);
create table if not exists think_request (id bigint primary key, body jsonb not null);
create table if not exists think_context (request bigint primary key, body jsonb not null);
create table if not exists single (name text primary key, body jsonb not null) with (fillfactor = 50);
`;
