-- Songbridge: write a note to the journal
local _, script = reaper.get_action_context()
local given, text = reaper.GetUserInputs("Songbridge", 1, "Note:,extrawidth=300", "")
if given and text:match("%S") then
  dofile(script:match("^(.*[/\\])") .. "send.lua")("note", text)
end
