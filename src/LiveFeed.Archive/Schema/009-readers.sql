-- How many tickers were open, by the minute and by where they stood. Minutes are milliseconds since 1970 too; kept for 90 days.
CREATE TABLE reader_minutes (
    feed    text    NOT NULL,
    minute  bigint  NOT NULL,
    partner text    NOT NULL,
    readers integer NOT NULL,
    PRIMARY KEY (feed, minute, partner)
);

CREATE INDEX reader_minutes_by_age ON reader_minutes (minute);
