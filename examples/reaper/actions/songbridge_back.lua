-- Songbridge: back to the task before
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("back")
