-- Songbridge: take a break
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("break")
