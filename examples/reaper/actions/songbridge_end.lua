-- Songbridge: end the sitting
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("end")
