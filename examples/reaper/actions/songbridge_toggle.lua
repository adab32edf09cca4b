-- Songbridge: start, pause or go on
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("toggle")
