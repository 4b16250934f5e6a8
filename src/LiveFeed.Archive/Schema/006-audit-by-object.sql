-- What was done to one entry is looked up with its history.
CREATE INDEX audit_by_object ON audit_log (object, seq);
