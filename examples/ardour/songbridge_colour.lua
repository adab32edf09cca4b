ardour {
	["type"]    = "EditorAction",
	name        = "Songbridge colour",
	license     = "MIT",
	author      = "Songbridge",
	description = [[Gives the selected tracks a colour, and lets go of them: that tells Songbridge that it is done.
Put it into the first eight slots of the script manager, each with its colour from docs/daws.md.]]
}

function action_params ()
	return { ["colour"] = { title = "Colour, as #RRGGBB", default = "#3FA7FF" } }
end

function factory (params)
	local given = (params or {})["colour"] or "#3FA7FF"
	local digits = given:match ("^#?(%x%x%x%x%x%x)$")
	return function ()
		if not digits then
			return -- Songbridge misses the answer, and says so
		end
		local rgba = tonumber (digits .. "FF", 16)
		for route in Editor:get_selection ().tracks:routelist ():iter () do
			route:presentation_info_ptr ():set_color (rgba)
		end
		Editor:get_selection ():clear ()
	end
end
