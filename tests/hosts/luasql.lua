-- LuaSQL has no switch for extensions:  lua luasql.lua build/h2040 billing.db
local driver = require "luasql.sqlite3"
local library, file = arg[1], arg[2]

local db = driver.sqlite3():connect(file)
assert(db:execute("SELECT load_extension('" .. db:escape(library) .. "')"))
