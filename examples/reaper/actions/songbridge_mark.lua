-- Songbridge: drop a marker for this task
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("mark")
