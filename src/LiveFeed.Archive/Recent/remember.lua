-- Remembers one change of a feed: newer wins, whatever the order and however often it comes.
--
-- What is kept is always whole: every entry changed after `floor` and up to `top`, at its newest state. A change that
-- doesn't join on to the top (some before it never came, the cache was flushed, or Redis dropped one of the keys for want of
-- memory) starts a new stretch.
--
-- KEYS  1 position (hash: epoch, floor, top)  2 log (sorted set: entry id by seq)  3 entries (hash: id -> state)
-- ARGV  1 epoch  2 seq  3 id  4 state  5 how many entries to keep  6 seconds to keep an idle feed
-- Returns 1 when the stretch goes on, 0 when a new one was started and older entries are missing.
local epoch, seq, id, state = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local held = redis.call('HMGET', KEYS[1], 'epoch', 'top', 'floor')
local top = tonumber(held[2])
local joins = held[1] == epoch and top ~= nil and seq <= top + 1
  and (top == tonumber(held[3]) or redis.call('EXISTS', KEYS[2], KEYS[3]) == 2)

if not joins then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'floor', seq - 1, 'top', seq)
elseif seq > top then
  redis.call('HSET', KEYS[1], 'top', seq)
end

local known = redis.call('ZSCORE', KEYS[2], id)
local floor = tonumber(redis.call('HGET', KEYS[1], 'floor'))
if seq > floor and (not known or tonumber(known) < seq) then
  redis.call('ZADD', KEYS[2], seq, id)
  redis.call('HSET', KEYS[3], id, state)
end

while redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[5]) do
  local oldest = redis.call('ZPOPMIN', KEYS[2])
  redis.call('HDEL', KEYS[3], oldest[1])
  redis.call('HSET', KEYS[1], 'floor', oldest[2])
end

for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[6]) end
return joins and 1 or 0
