-- The newsroom's people. Who has neither a password nor a passkey nor a login elsewhere has been invited and hasn't come yet.
-- name_key and email are what is compared: in one case, so that Ann and ANN are the same.
CREATE TABLE accounts (
    id             text   NOT NULL PRIMARY KEY,
    name           text   NOT NULL,
    name_key       text   NOT NULL UNIQUE,
    email          text   UNIQUE,
    role           text   NOT NULL,
    password_hash  text,
    totp_key       text,
    totp_last_step bigint NOT NULL,
    login          text   UNIQUE,
    tries          bigint NOT NULL,
    tried_at       bigint NOT NULL,
    created_at     bigint NOT NULL,
    signed_in_at   bigint,
    version        bigint NOT NULL
);

-- Whoever runs the server comes in by the link that it prints. Nobody can sign in as this one otherwise.
INSERT INTO accounts (id, name, name_key, role, totp_last_step, tries, tried_at, created_at, version)
VALUES ('desk', 'desk', 'DESK', 'Admin', 0, 0, 0, 0, 0);

CREATE TABLE recovery_codes (
    account_id text NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash  text NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- data is what the authenticator told of itself (JSON).
CREATE TABLE passkeys (
    credential_id text   NOT NULL PRIMARY KEY,
    account_id    text   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name          text   NOT NULL,
    created_at    bigint NOT NULL,
    data          text   NOT NULL
);

CREATE INDEX passkeys_of_an_account ON passkeys (account_id);

-- Of every secret below, only the hash is kept: who reads this table can't use it.
CREATE TABLE invitations (
    secret_hash text   NOT NULL PRIMARY KEY,
    account_id  text   NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at  bigint NOT NULL
);

CREATE TABLE sessions (
    secret_hash text   NOT NULL PRIMARY KEY,
    account_id  text   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device      text   NOT NULL,
    began_at    bigint NOT NULL,
    seen_at     bigint NOT NULL
);

CREATE INDEX sessions_of_an_account ON sessions (account_id);

-- What was begun and waits for its second half: a code after a password, an answer to a passkey's challenge. Works once.
CREATE TABLE sign_in_steps (
    secret_hash text   NOT NULL PRIMARY KEY,
    kind        text   NOT NULL,
    account_id  text   REFERENCES accounts (id) ON DELETE CASCADE,
    data        text   NOT NULL,
    expires_at  bigint NOT NULL
);

-- What ASP.NET Core protects with, for all nodes alike (data protection).
CREATE TABLE protection_keys (
    name text NOT NULL PRIMARY KEY,
    xml  text NOT NULL
);
