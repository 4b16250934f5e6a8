-- Who may write. A key's secret is never stored, only its hash.
CREATE TABLE api_keys (
    id           text    NOT NULL PRIMARY KEY,
    name         text    NOT NULL,
    secret_hash  text    NOT NULL,
    role         text    NOT NULL,
    feeds        text    NOT NULL,
    created_at   bigint  NOT NULL,
    last_used_at bigint,
    revoked_at   bigint
);

-- Sign-in links that haven't been used yet.
CREATE TABLE sign_in_links (
    secret_hash text   NOT NULL PRIMARY KEY,
    expires_at  bigint NOT NULL
);
