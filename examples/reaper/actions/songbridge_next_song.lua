-- Songbridge: take up the next song
local _, script = reaper.get_action_context()
dofile(script:match("^(.*[/\\])") .. "send.lua")("song", "next")
