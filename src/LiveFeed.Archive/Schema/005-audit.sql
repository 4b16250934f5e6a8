-- What was done and refused at the desk, in a chain: hash is over the row and the hash before it, so a row can't be changed,
-- taken out or put in without all hashes after it being wrong. The head says where the chain ends, so the end can't be cut off either.
CREATE TABLE audit_log (
    seq      bigint NOT NULL PRIMARY KEY,
    at       bigint NOT NULL,
    by_id    text,
    by_name  text,
    address  text,
    action   text   NOT NULL,
    object   text   NOT NULL,
    details  text   NOT NULL,
    previous text   NOT NULL,
    hash     text   NOT NULL
);

CREATE TABLE audit_head (
    id   integer NOT NULL PRIMARY KEY,
    seq  bigint  NOT NULL,
    hash text    NOT NULL
);

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
