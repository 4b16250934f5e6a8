-- Pictures that writers sent, as the desk made them anew, in the widths that readers get. "bytea" is PostgreSQL's word for bytes;
-- SQLite keeps bytes as they are in a column of any type.
CREATE TABLE pictures (
    id       text   NOT NULL PRIMARY KEY,
    added_at bigint NOT NULL,
    added_by text   NOT NULL
);

CREATE TABLE picture_renditions (
    picture text    NOT NULL REFERENCES pictures (id),
    width   integer NOT NULL,
    height  integer NOT NULL,
    content bytea   NOT NULL,
    PRIMARY KEY (picture, width)
);
