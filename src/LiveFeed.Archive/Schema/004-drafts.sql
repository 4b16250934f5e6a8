-- What isn't on the air yet. due_at is when a node must see to the draft next: at the time it is scheduled for or, while a node
-- is putting it on the air, when another takes over if that one is heard of no more.
CREATE TABLE drafts (
    feed          text    NOT NULL REFERENCES feeds (slug),
    id            text    NOT NULL,
    version       integer NOT NULL,
    state         text    NOT NULL,
    author_id     text    NOT NULL,
    author        text    NOT NULL,
    created_at    bigint  NOT NULL,
    changed_at    bigint  NOT NULL,
    changed_by    text    NOT NULL,
    content       text    NOT NULL,
    return_note   text,
    problem       text,
    approved_by   text,
    scheduled_for bigint,
    due_at        bigint,
    PRIMARY KEY (feed, id)
);

CREATE INDEX drafts_newest_first ON drafts (feed, changed_at, id);
CREATE INDEX drafts_due ON drafts (due_at) WHERE due_at IS NOT NULL;
