-- Songbridge: take up the previous song
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("song", "prev")
