ardour {
	["type"]    = "EditorAction",
	name        = "Songbridge colour",
	license     = "MIT",
	author      = "Songbridge",
	description = [[Gives the selected tracks a colour, or all of them their own colours back, and lets go of the selection: that tells Songbridge that it is done.
Put it into the first nine slots of the script manager, each with its colour from docs/daws.md; the ninth gets the word "own".]]
}

function action_params ()
	return { ["colour"] = { title = "Colour, as #RRGGBB, or own", default = "#3FA7FF" } }
end

function factory (params)
	local given = (params or {})["colour"] or "#3FA7FF"
	local digits = given:match ("^#?(%x%x%x%x%x%x)$")

	-- Which colour was a track's own stands in the session's folder, so that it outlives Ardour and
	-- Songbridge: a line for each track that we coloured, with its number, its own colour, and ours.
	local function place ()
		return Session:path () .. "/songbridge-colours.txt"
	end

	local function read ()
		local known = {}
		local file = io.open (place (), "r")
		if file then
			for line in file:lines () do
				local id, own, ours = line:match ("^(%d+) (%x+) (%x+)$")
				if id then
					known[id] = { own = tonumber (own, 16), ours = tonumber (ours, 16) }
				end
			end
			file:close ()
		end
		return known
	end

	local function write (known)
		local file = io.open (place (), "w")
		if not file then
			return false
		end
		for id, track in pairs (known) do
			file:write (string.format ("%s %08x %08x\n", id, track.own, track.ours))
		end
		return file:close ()
	end

	local function number (route)
		return route:to_stateful ():id ():to_s ()
	end

	local function paint (rgba)
		local known = read ()
		local chosen = Editor:get_selection ().tracks:routelist ()
		for route in chosen:iter () do
			local id, now = number (route), route:presentation_info_ptr ():color ()
			local track = known[id]
			if not track or track.ours ~= now then -- new to us, or coloured by hand since
				track = { own = now }
				known[id] = track
			end
			track.ours = rgba
		end
		if not write (known) then
			return false -- rather no colour than one that can't be taken back
		end
		for route in chosen:iter () do
			route:presentation_info_ptr ():set_color (rgba)
		end
		return true
	end

	local function restore ()
		local known = read ()
		for route in Session:get_routes ():iter () do
			local track = known[number (route)]
			local info = route:presentation_info_ptr ()
			if track and info:color () == track.ours then -- else a hand chose another one since
				info:set_color (track.own)
			end
		end
		os.remove (place ())
		return true
	end

	return function ()
		local done = false
		if given == "own" then
			done = restore ()
		elseif digits then
			done = paint (tonumber (digits .. "FF", 16))
		end
		if done then -- else Songbridge misses the answer, and says so
			Editor:get_selection ():clear ()
		end
	end
end
