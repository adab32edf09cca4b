-- Songbridge: set this task aside for later
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("later")
