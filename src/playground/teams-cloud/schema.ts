/** The tables of the made-up Teams. They hold sample conversations only. */

export const SCHEMA = `
create table if not exists teams_activity (
  conversation text not null, id text not null, thread text, author text not null, body text not null, version integer not null,
  deleted integer not null default 0, primary key (conversation, id)
);
create index if not exists teams_activity_thread on teams_activity (conversation, thread);
create table if not exists teams_read_mark (
  user text not null, conversation text not null, id text not null, primary key (user, conversation)
);
create table if not exists teams_dialog (
  id text primary key, user text not null, tab text not null, body text not null, unique (user, tab)
);
create table if not exists teams_personal (
  user text not null, conversation text not null, activity text not null, version integer not null, card text,
  primary key (user, conversation, activity)
);
`;
