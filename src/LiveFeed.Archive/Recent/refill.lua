-- Puts a whole stretch of a feed in the place of what is there, unless what is there reaches further.
--
-- KEYS  as in remember.lua
-- ARGV  1 epoch  2 floor  3 top  4 seconds to keep an idle feed, then for each entry: seq, id, state
local held = redis.call('HMGET', KEYS[1], 'epoch', 'floor', 'top')
local top = tonumber(held[3])
if held[1] == ARGV[1] and top ~= nil and top > tonumber(ARGV[3]) then return 0 end

redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'floor', ARGV[2], 'top', ARGV[3])
for i = 5, #ARGV, 3 do
  redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 1])
  redis.call('HSET', KEYS[3], ARGV[i + 1], ARGV[i + 2])
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[4]) end
return 1
