/** The tables of the made-up Slack. They hold sample conversations only. */

export const SCHEMA = `
create table if not exists message (
  channel text not null, ts text not null, thread text, only_for text, author text not null, body text not null,
  deleted integer not null default 0, primary key (channel, ts)
);
create index if not exists message_thread on message (channel, thread);
create table if not exists dm (channel text primary key, user text not null unique);
create table if not exists invited (channel text primary key);
create table if not exists read_mark (user text not null, channel text not null, ts text not null, primary key (user, channel));
create table if not exists view (
  id text primary key, root text not null, previous text, user text not null, tab text not null, position integer not null,
  open integer not null, external text, hash text not null, body text not null
);
create table if not exists home (user text primary key, id text not null, hash text not null, body text not null);
create table if not exists trigger_id (
  id text primary key, user text not null, tab text not null, view text, made integer not null, used integer not null default 0
);
create table if not exists response_url (
  id text primary key, user text not null, channel text not null, original text, thread text, made integer not null,
  uses integer not null default 0
);
`;
