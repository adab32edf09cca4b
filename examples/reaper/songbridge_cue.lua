-- Songbridge: take a cue
--
-- Songbridge leaves a command in an ext state and runs this action through REAPER's web interface:
--     SET/EXTSTATE/songbridge/cue/COMMAND;_SONGBRIDGE_CUE;GET/EXTSTATE/songbridge/reply
-- The script does the command, leaves a reply, and ends. It opens no window, and it touches neither
-- your selection nor the cursor nor the transport (but for "stop", which never cuts a take).
--
-- To install it, run: songbridge daw install reaper. By hand: see docs/daws.md of Songbridge.
--
-- A command: VERSION.RUN.NUMBER.VERB and its arguments, all joined by dots. Texts are "t" and the
-- bytes of their UTF-8 in hexadecimal, so that no web server on the way can change them.
--     hello                          says that the script is there
--     mark.tNAME.RRGGBB[.tSTART]     a marker here; with START also a region from the latest marker
--                                    of that name up to here
--     track.tNAME.RRGGBB             colours a track; the reply says which, and how it was
--     restore.tGUID.BEFORE.OURS      gives a track its colour back, unless somebody changed it since
--     text.tTEXT                     shows a text in REAPER's own help line
--     stop                           stops the transport, unless REAPER records
-- A reply: songbridge.VERSION.RUN.NUMBER.ok and what came of it, or ….no.REASON.tTEXT.
-- A command that was done already is not done again: its reply is repeated.

local VERSION = 1
local SECTION = "songbridge"
local CUSTOM = 0x1000000 -- a colour without this bit is stored, but not used
local UNDO_TRACKS, UNDO_MARKERS = 1, 8
local RECORDING, ROLLING = 4, 5 -- bits of the play state
local STOP = 1016 -- Transport: Stop
local SAME_PLACE = 0.0005 -- seconds: two places that nobody could tell apart

local function text(field)
  local hex = field and field:match("^t(%x*)$")
  if not hex or #hex % 2 == 1 then
    return nil
  end
  return (hex:gsub("%x%x", function(pair)
    return string.char(tonumber(pair, 16))
  end))
end

local function field(of)
  return "t" .. (of:gsub(".", function(character)
    return string.format("%02x", character:byte())
  end))
end

local function colour(hex)
  if not hex or not hex:match("^%x%x%x%x%x%x$") then
    return nil
  end
  local part = function(from)
    return tonumber(hex:sub(from, from + 1), 16)
  end
  return reaper.ColorToNative(part(1), part(3), part(5)) | CUSTOM
end

local function no(reason, words)
  return "no." .. reason .. "." .. field(words)
end

-- Where the work happens: where it plays or records, else at the edit cursor.
local function here()
  if reaper.GetPlayState() & ROLLING ~= 0 then
    return reaper.GetPlayPosition()
  end
  return reaper.GetCursorPosition()
end

local function markers()
  local at = -1
  return function()
    at = at + 1
    local more, region, from, to, name, number = reaper.EnumProjectMarkers3(0, at)
    if more and more ~= 0 then
      return region, from, to, name, number
    end
  end
end

local function same_place(one, other)
  return math.abs(one - other) < SAME_PLACE
end

local function marker_at(place, wanted)
  for region, from, _, name, number in markers() do
    if not region and name == wanted and same_place(from, place) then
      return number
    end
  end
end

-- REAPER makes no marker where one of that name is already: then that one takes the colour.
local function add_marker(place, name, native)
  local there = marker_at(place, name)
  if there then
    reaper.SetProjectMarker3(0, there, false, place, 0, name, native)
    return there
  end
  local number = reaper.AddProjectMarker2(0, false, place, 0, name, -1, native)
  return number >= 0 and number or nil
end

local function latest_marker(wanted, before)
  local latest
  for region, from, _, name in markers() do
    if not region and name == wanted and from < before and (not latest or from > latest) then
      latest = from
    end
  end
  return latest
end

-- A region that began at the same marker grows; REAPER gets no second one.
local function add_region(name, to, native)
  local from = latest_marker(name, to)
  if not from or same_place(from, to) then
    return nil
  end
  for region, start, _, called, number in markers() do
    if region and called == name and same_place(start, from) then
      reaper.SetProjectMarker3(0, number, true, from, to, name, native)
      return number
    end
  end
  local number = reaper.AddProjectMarker2(0, true, from, to, name, -1, native)
  return number >= 0 and number or nil
end

local undo_made = false

local function with_undo(project, what, flags, deed)
  undo_made = true
  reaper.Undo_BeginBlock2(project)
  local fine, result = pcall(deed)
  reaper.Undo_EndBlock2(project, "Songbridge: " .. what, flags)
  if not fine then
    error(result, 0)
  end
  return result
end

local function tracks()
  local project, at = 0, -1
  local current = reaper.EnumProjects(-1)
  return function()
    while true do
      local open = reaper.EnumProjects(project)
      if not open then
        return nil
      end
      at = at + 1
      local track = reaper.GetTrack(open, at)
      if track then
        return track, open == current, open
      end
      project, at = project + 1, -1
    end
  end
end

local function named_track(wanted)
  local alike
  for track, current in tracks() do
    if current then
      local _, name = reaper.GetTrackName(track)
      if name == wanted then
        return track
      end
      if not alike and name:lower() == wanted:lower() then
        alike = track
      end
    end
  end
  return alike
end

local function track_colour(track)
  return math.floor(reaper.GetMediaTrackInfo_Value(track, "I_CUSTOMCOLOR"))
end

local verbs = {}

function verbs.hello()
  return "ok"
end

function verbs.mark(args)
  local name, native, start = text(args[1]), colour(args[2]), args[3] and text(args[3])
  if not name or not native or (args[3] and not start) then
    return no("strange", "a marker needs a name and a colour")
  end
  return with_undo(0, "marker " .. name, UNDO_MARKERS, function()
    local place = here()
    local number = add_marker(place, name, native)
    if not number then
      return no("marker", "REAPER made no marker")
    end
    local region = start and add_region(start, place, native)
    return string.format("ok.%d", number) .. (region and string.format(".%d", region) or "")
  end)
end

function verbs.track(args)
  local name, native = text(args[1]), colour(args[2])
  if not name or not native then
    return no("strange", "a track needs a name and a colour")
  end
  local track = named_track(name)
  if not track then
    return no("track", "there is no such track")
  end
  local before = track_colour(track)
  if before ~= native then
    with_undo(0, "colour of " .. name, UNDO_TRACKS, function()
      reaper.SetMediaTrackInfo_Value(track, "I_CUSTOMCOLOR", native)
    end)
  end
  return string.format("ok.%s.%d.%d", field(reaper.GetTrackGUID(track)), before, native)
end

function verbs.restore(args)
  local guid, before, ours = text(args[1]), tonumber(args[2] or ""), tonumber(args[3] or "")
  if not guid or not before or not ours then
    return no("strange", "a colour to give back needs a track, its colour and ours")
  end
  for track, _, project in tracks() do
    if reaper.GetTrackGUID(track) == guid then
      if track_colour(track) ~= ours then
        return "ok.changed"
      end
      with_undo(project, "colour given back", UNDO_TRACKS, function()
        reaper.SetMediaTrackInfo_Value(track, "I_CUSTOMCOLOR", before)
      end)
      return "ok.restored"
    end
  end
  return no("gone", "the track is in no open project")
end

function verbs.text(args)
  local words = text(args[1])
  if not words then
    return no("strange", "a text is missing")
  end
  if reaper.Help_Set then
    reaper.Help_Set(words, true)
  end
  return "ok"
end

function verbs.stop()
  if reaper.GetPlayState() & RECORDING ~= 0 then
    return no("recording", "REAPER records, and no take is cut")
  end
  reaper.Main_OnCommand(STOP, 0)
  return "ok"
end

local function parsed(command)
  local run, number, rest = command:match("^1%.(%x+)%.(%d+)%.(.+)$")
  if not run or #run > 16 or #number > 9 then
    return nil
  end
  local parts = {}
  for part in rest:gmatch("[^.]+") do
    parts[#parts + 1] = part
  end
  return run, number, table.remove(parts, 1), parts
end

local function reply_to(verb, args)
  local deed = verbs[verb]
  if not deed then
    return no("strange", "this script does not know that command")
  end
  local fine, result = pcall(deed, args)
  return fine and result or no("error", tostring(result))
end

local function main()
  local command = reaper.GetExtState(SECTION, "cue")
  reaper.DeleteExtState(SECTION, "cue", false)
  local run, number, verb, args = parsed(command)
  if not run then
    return
  end
  local head = string.format("songbridge.%d.%s.%s.", VERSION, run, number)
  local memory = "done." .. run
  local reply = reaper.GetExtState(SECTION, memory)
  local done = tonumber(reply:match("^songbridge%.%d+%.%x+%.(%d+)%."))
  if verb == "hello" then -- at any time: it is no command that a memory is needed for
    reply = head .. verbs.hello()
  elseif not done or tonumber(number) > done then
    reply = head .. reply_to(verb, args)
    reaper.SetExtState(SECTION, memory, reply, false)
  elseif tonumber(number) < done then
    reply = head .. no("late", "a later command was done already")
  end
  reaper.SetExtState(SECTION, "reply", reply, false)
end

main()
if not undo_made then
  reaper.defer(function() end) -- else REAPER would make an undo point of the script's own
end
