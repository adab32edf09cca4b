-- Songbridge: take back the last action
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("undo")
