-- Sends a form with each request. A body with %s is filled with a token of the file; where the answer brings a new refresh token, that one goes to the end of the queue.
-- What needs no Lua, a form without a token and an answer that nobody reads, is not done in Lua: wrk shares a core with the server's other threads, and what it takes there is taken from the rate.
local tokens, first, last = {}, 1, 0
local form, rotate

local function add(token)
  last = last + 1
  tokens[last] = token
end

local function take()
  local token = tokens[first]
  if token then
    tokens[first] = nil
    first = first + 1
  end
  return token
end

function init(args)
  form = args[1]
  rotate = args[3] == "rotate"
  for line in io.lines(args[2]) do add(line) end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Authorization"] = args[4]
  if not form:find("%s", 1, true) then
    wrk.body = form
    request = nil
  end
  if not rotate then response = nil end
end

function request()
  local token = take()
  if token and not rotate then add(token) end
  return wrk.format(nil, nil, nil, (form:gsub("%%s", token or "none")))
end

function response(status, headers, body)
  local token = body:match('"refresh_token":"([^"]+)"')
  if token then add(token) end
end

function done(summary)
  io.write(string.format("RESULT %d %d %f\n", summary.requests, summary.errors.status, summary.duration / 1e6))
end
