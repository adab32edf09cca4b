ardour {
	["type"]    = "EditorAction",
	name        = "Songbridge action",
	license     = "MIT",
	author      = "Songbridge",
	description = [[Sends an action to Songbridge: toggle, complete, skip, later, extend 5m, back, break, mark, undo …
Put it into a slot of the script manager from 10 on, once for each action, and give the slot a key.]]
}

-- How Songbridge is called. `songbridge daw install ardour` writes the whole path here.
local COMMAND = { "songbridge" }

function action_params ()
	return { ["action"] = { title = "Action, as songbridge do takes it", default = "toggle" } }
end

function factory (params)
	local words = {}
	for word in ((params or {})["action"] or "toggle"):gmatch ("%S+") do
		words[#words + 1] = word
	end
	return function ()
		-- Ardour starts the program and goes on; it has no way to tell what became of it.
		local all = {}
		local windows = package and package.config:sub (1, 1) == "\\"
		if not windows and not COMMAND[1]:find ("/") then
			all[1] = "/usr/bin/env" -- looks for it on the PATH
		end
		for _, word in ipairs (COMMAND) do all[#all + 1] = word end
		all[#all + 1] = "do"
		for _, word in ipairs (words) do all[#all + 1] = word end
		os.forkexec (table.unpack (all))
	end
end
