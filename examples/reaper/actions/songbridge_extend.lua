-- Songbridge: five minutes more
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("extend", "5m")
