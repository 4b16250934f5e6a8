-- A passkey counts how often it was shown; one that falls back is a copy. The count is raised in the statement that compares it,
-- so that of two copies shown at the same moment one is refused.
ALTER TABLE passkeys ADD COLUMN sign_count bigint NOT NULL DEFAULT 0;
ALTER TABLE passkeys ADD COLUMN last_used_at bigint;
