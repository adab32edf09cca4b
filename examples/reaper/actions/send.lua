-- Sends an action to Songbridge, for the scripts beside this file; no action by itself.
--
-- REAPER's Lua has no sockets, so Songbridge's command line is called. REAPER does not wait for it:
-- the command writes into a file what became of the action, and this looks for that file until it is
-- there. Whatever went wrong stands in REAPER's console, in one sentence.

-- How Songbridge is called. `songbridge daw install reaper` writes the whole path here.
local COMMAND = "songbridge"

-- Seconds to wait for an answer. Most come within half a second.
local PATIENCE = 10

local NO_WINDOW = -2 -- ExecProcess: don't wait, and open no window in the foreground

local function say(sentence)
  reaper.ShowConsoleMsg("Songbridge: " .. sentence .. "\n")
end

-- Letters, digits, dots and minus signs mean the same in every shell; all else goes as _ and two digits.
local function coded(text)
  return (text:gsub("[^%w%.%-]", function(sign) return ("_%02X"):format(sign:byte()) end))
end

local function take(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local answer = file:read("a")
  file:close()
  os.remove(path)
  return answer
end

local function listen(path, deadline)
  local answer = take(path)
  if answer then
    if answer ~= "" then say(answer) end
  elseif reaper.time_precise() > deadline then
    say(("no answer from %s within %d s: is it installed there?"):format(COMMAND, PATIENCE))
  else
    reaper.defer(function() listen(path, deadline) end)
  end
end

return function(action, argument)
  local _, script = reaper.get_action_context()
  local began = reaper.time_precise()
  local path = ("%sanswer-%.0f.txt"):format(script:match("^(.*[/\\])"), began * 1000000)
  local command = ("%s daw act --answer %s %s %s"):format(
    COMMAND, coded(path), coded(action), coded(argument or ""))
  if reaper.ExecProcess(command, NO_WINDOW) == nil then
    say(("%s can't be started: install Songbridge, then do `songbridge daw install reaper`"):format(COMMAND))
    return
  end
  listen(path, began + PATIENCE)
end
