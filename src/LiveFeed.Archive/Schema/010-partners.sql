-- The sites that may show a feed which isn't for every site. Origins and feeds stand one after the other, with a space between them.
-- removed_at ends one at once; its row stays, so that its key is never another's.
CREATE TABLE partners (
    key        text    NOT NULL PRIMARY KEY,
    name       text    NOT NULL,
    origins    text    NOT NULL,
    feeds      text    NOT NULL,
    sandboxed  integer NOT NULL,
    programs   integer NOT NULL,
    created_at bigint  NOT NULL,
    removed_at bigint
);

ALTER TABLE feeds ADD COLUMN embedding text NOT NULL DEFAULT 'Anywhere';
