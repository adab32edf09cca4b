-- Songbridge: five minutes less
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("extend", "-5m")
