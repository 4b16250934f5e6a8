-- One dialect for SQLite and PostgreSQL: text, bigint and integer, times as milliseconds since 1970 in UTC.

CREATE TABLE feeds (
    slug       text    NOT NULL PRIMARY KEY,
    title      text    NOT NULL,
    language   text    NOT NULL,
    direction  text    NOT NULL,
    time_zone  text    NOT NULL,
    status     text    NOT NULL,
    created_at bigint  NOT NULL,
    epoch      text    NOT NULL,
    last_seq   bigint  NOT NULL
);

-- Every entry at its newest revision. state is the entry as readers get it (JSON); body is what was written.
CREATE TABLE entries (
    feed         text    NOT NULL REFERENCES feeds (slug),
    id           text    NOT NULL,
    seq          bigint  NOT NULL,
    pinned       integer NOT NULL,
    key_event    integer NOT NULL,
    published_at bigint  NOT NULL,
    tags         text    NOT NULL,
    state        text    NOT NULL,
    body         text,
    body_format  text,
    PRIMARY KEY (feed, id)
);

CREATE UNIQUE INDEX entries_in_log_order ON entries (feed, seq);
CREATE INDEX entries_in_readers_order ON entries (feed, pinned, published_at, id);

-- The log: every change of every entry, never changed itself. submission_id makes a repeat impossible.
CREATE TABLE revisions (
    feed          text    NOT NULL REFERENCES feeds (slug),
    seq           bigint  NOT NULL,
    entry_id      text    NOT NULL,
    revision      integer NOT NULL,
    submission_id text    NOT NULL,
    fingerprint   text    NOT NULL,
    action        text    NOT NULL,
    written_by    text,
    written_at    bigint  NOT NULL,
    state         text    NOT NULL,
    body          text,
    body_format   text,
    PRIMARY KEY (feed, seq)
);

CREATE UNIQUE INDEX revisions_of_an_entry ON revisions (feed, entry_id, revision);
CREATE UNIQUE INDEX revisions_by_submission ON revisions (submission_id);
